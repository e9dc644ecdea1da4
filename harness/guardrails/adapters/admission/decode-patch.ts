import { z } from 'zod';

const operation = z.looseObject({
  op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']),
  path: z.string().max(2_000),
  value: z.unknown().optional(),
});
export type PatchOperation = z.infer<typeof operation>;

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The operations of a JSON patch (RFC 6902) in base64; null when it is none. */
export function decodePatch(patch: string): readonly PatchOperation[] | null {
  // Node's decoder skips what is no base64, and an API server refuses it.
  if (patch.length % 4 !== 0 || !BASE64.test(patch)) return null;
  try {
    return z
      .array(operation)
      .max(1_000)
      .parse(JSON.parse(Buffer.from(patch, 'base64').toString('utf8')));
  } catch {
    return null;
  }
}
