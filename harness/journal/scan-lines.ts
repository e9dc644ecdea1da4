import type { ByteSource } from './byte-source.ts';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

/** One whole line: where it starts in the file, and its bytes in `bytes` from `start` on. A long line's may be only the first ones. */
export interface ScannedLine {
  readonly atByte: number;
  /** Length without its newline. */
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly start: number;
}

/** How far a scan came. */
export interface Scan {
  /** Where the first line begins that was not seen whole. */
  readonly nextByte: number;
  /** No whole line is left behind it. */
  readonly isAtEnd: boolean;
}

/**
 * Calls `onLine` for each whole line from `fromByte` on, until `mostBytes` or a little more are behind it. Holds one chunk
 * at a time, however long a line is: of a line longer than a chunk only the beginning is at hand.
 */
export function scanLines(
  source: ByteSource,
  { fromByte, mostBytes }: { readonly fromByte: number; readonly mostBytes: number },
  onLine: (line: ScannedLine) => void,
): Scan {
  const chunk = new Uint8Array(CHUNK_BYTES);
  let lineAt = fromByte;
  while (lineAt - fromByte < mostBytes) {
    const bytes = chunk.subarray(0, source.read(chunk, lineAt));
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      onLine({ atByte: lineAt + start, length: end - start, bytes, start });
      start = end + 1;
    }
    if (start > 0) {
      lineAt += start;
      continue;
    }
    if (bytes.length < CHUNK_BYTES) return { nextByte: lineAt, isAtEnd: true };
    const end = newlineAfter(source, lineAt + bytes.length);
    if (end === null) return { nextByte: lineAt, isAtEnd: true };
    onLine({ atByte: lineAt, length: end - lineAt, bytes, start: 0 });
    lineAt = end + 1;
  }
  return { nextByte: lineAt, isAtEnd: lineAt >= source.size() };
}

function newlineAfter(source: ByteSource, fromByte: number): number | null {
  const chunk = new Uint8Array(CHUNK_BYTES);
  let at = fromByte;
  for (let count = source.read(chunk, at); count > 0; count = source.read(chunk, at)) {
    const end = chunk.subarray(0, count).indexOf(NEWLINE);
    if (end !== -1) return at + end;
    at += count;
  }
  return null;
}
