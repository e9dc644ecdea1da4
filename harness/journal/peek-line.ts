/** What the first bytes of a line tell: enough for an index, without parsing the rest. */
export interface Peeked {
  readonly type: string;
  readonly atMs: number;
}

/** The longest start of a line that a peek looks at, in bytes. */
export const PEEK_BYTES = 96;

const SEQ = ascii('{"seq":');
const AT = ascii(',"atMs":');
const TYPE = ascii(',"type":"');
const WINDOW = ascii('window"');
const QUOTE = 0x22;

/**
 * Reads seq, time and type from a line as the journal's writer lays it out. Null for any other layout (another writer's
 * spaces, a time that is no integer), which has to be parsed; also null when the line does not carry `seq`.
 */
export function peekLine(
  bytes: Uint8Array,
  { start, end: lineEnd }: { start: number; end: number },
  seq: number,
): Peeked | null {
  if (!startsWith(bytes, start, SEQ)) return null;
  const afterSeq = digitsEnd(bytes, start + SEQ.length);
  if (numberIn(bytes, start + SEQ.length, afterSeq) !== seq) return null;
  if (!startsWith(bytes, afterSeq, AT)) return null;
  const afterTime = digitsEnd(bytes, afterSeq + AT.length);
  if (afterTime === afterSeq + AT.length || !startsWith(bytes, afterTime, TYPE)) return null;
  const from = afterTime + TYPE.length;
  const atMs = numberIn(bytes, afterSeq + AT.length, afterTime);
  // Nearly every line is a window: its name needs no text of its own.
  if (startsWith(bytes, from, WINDOW)) return { type: 'window', atMs };
  const end = bytes.indexOf(QUOTE, from);
  if (end === -1 || end >= lineEnd || end - from > PEEK_BYTES) return null;
  return { type: String.fromCharCode(...bytes.subarray(from, end)), atMs };
}

function startsWith(bytes: Uint8Array, from: number, expected: Uint8Array): boolean {
  for (let index = 0; index < expected.length; index++) {
    if (bytes[from + index] !== expected[index]) return false;
  }
  return true;
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let end = from;
  while (isDigit(bytes[end])) end++;
  return end;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) value = value * 10 + (bytes[index] ?? 0) - 0x30;
  return value;
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, letter => letter.charCodeAt(0));
}
