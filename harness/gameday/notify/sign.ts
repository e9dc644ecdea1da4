import { createHmac } from 'node:crypto';

/**
 * Headers that sign a message as Standard Webhooks 1.0 asks (https://www.standardwebhooks.com): HMAC-SHA256 of
 * `id.timestamp.body`, in base64, with the time in seconds since 1970. A key that begins with `whsec_` is base64 after
 * it; any other is taken as its UTF-8 bytes. Without a key the message is identified and not signed.
 */
export function signatureHeaders(
  message: { readonly id: string; readonly body: string; readonly atMs: number },
  key: string | null,
): Record<string, string> {
  const timestamp = String(Math.floor(message.atMs / 1_000));
  const plain = { 'webhook-id': message.id, 'webhook-timestamp': timestamp };
  if (key === null) return plain;
  const secret = key.startsWith(PREFIX)
    ? Buffer.from(key.slice(PREFIX.length), 'base64')
    : Buffer.from(key, 'utf8');
  const signature = createHmac('sha256', secret)
    .update(`${message.id}.${timestamp}.${message.body}`)
    .digest('base64');
  return { ...plain, 'webhook-signature': `v1,${signature}` };
}

const PREFIX = 'whsec_';
