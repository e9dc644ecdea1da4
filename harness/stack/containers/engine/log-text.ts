/** Bound on the log that is kept of one container; the engine keeps no more either (see `own-container.ts`). */
const MOST_LINES = 50_000;

export const LOG_OPTIONS = {
  stdout: true,
  stderr: true,
  timestamps: true,
  follow: false,
  tail: MOST_LINES,
} as const;

/**
 * The text of a log as the engine sends it: frames of one byte for the stream, three of nothing, four for the length,
 * then the text (Docker Engine API, "Attach to a container", stream format).
 */
export function logText(frames: Uint8Array): string {
  const view = new DataView(frames.buffer, frames.byteOffset, frames.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 0; at + 8 <= frames.length; ) {
    const length = view.getUint32(at + 4);
    parts.push(frames.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(parts).toString('utf8');
}
