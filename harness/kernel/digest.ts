import { createHash } from 'node:crypto';

/** SHA-256 of the text, written `sha256:<hex>`. */
export function digestOf(text: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
