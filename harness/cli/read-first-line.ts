import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 64 * 1024;
/** A journal's header holds a whole plan; longer ones are no headers. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The first whole line of a file with its newline; null when there is no such file or no whole line in it. */
export function readFirstLine(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    const chunks: Buffer[] = [];
    for (let position = 0; position < MOST_BYTES; position += CHUNK_BYTES) {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const length = readSync(file, chunk, 0, CHUNK_BYTES, position);
      const end = chunk.subarray(0, length).indexOf(0x0a);
      chunks.push(chunk.subarray(0, end === -1 ? length : end + 1));
      if (end !== -1) return Buffer.concat(chunks).toString('utf8');
      if (length < CHUNK_BYTES) return null;
    }
    return null;
  } finally {
    closeSync(file);
  }
}
