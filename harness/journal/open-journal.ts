import type { ByteSource } from './byte-source.ts';
import type { HeaderEvent, JournalLine } from './events.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import { parseJournalLine } from './parse-line.ts';
import { PEEK_BYTES, peekLine } from './peek-line.ts';
import { checkHeader } from './reader.ts';
import { type ScannedLine, scanLines } from './scan-lines.ts';

/** So much is indexed when a journal is opened: all of most, and of a long one enough to begin with. */
const FIRST_BYTES = 1 << 20;
/** Every so many lines one offset is kept; a range is read from the nearest one before it. */
const STRIDE = 256;
const READ_BYTES = 1 << 18;

/**
 * A journal with an index: where lines begin, how many there are of each type, and where those that are no `window` stand.
 * Only lines that are asked for are parsed. Sequence numbers are line numbers, from 0. All figures speak of what is
 * indexed; until `unindexedBytes` is 0 there is more.
 */
export interface OpenJournal {
  readonly name: string;
  /** Null for a journal that was cut within its first line. */
  readonly header: (HeaderEvent & JournalLine) | null;
  /** Bytes that `refresh` has still to look through. */
  readonly unindexedBytes: number;
  /** Whole lines. */
  readonly lineCount: number;
  /** Lines that the unindexed bytes may hold, when they are as long as the others. */
  readonly unindexedLines: number;
  /** World time of the last whole line, ms. */
  readonly endMs: number;
  /** The last whole line is `closed`, and nothing follows it. */
  readonly isComplete: boolean;
  /** Bytes after the last whole line, which nobody can read. */
  readonly bytesCutOff: number;
  /** Whole lines by type. */
  readonly counts: ReadonlyMap<string, number>;
  /** At most `count` lines from `fromSeq` on; fewer at the end, or where lines are very long. */
  readRange(fromSeq: number, count: number): JournalLine[];
  /** Sequence number of the first line of the type after `afterSeq` (-1: from the start); null when there is none. */
  nextOfType(type: string, afterSeq: number): number | null;
  /** Lines that are no `window`, at most `count`, after `afterSeq`. */
  readRare(afterSeq: number, count: number): JournalLine[];
  /** Indexes what is new, or at most about so many bytes of it; returns the number of new whole lines. */
  refresh(mostBytes?: number): number;
  close(): void;
}

/**
 * Indexes the beginning; `refresh` goes on from there, so that a long journal is shown before it was gone through. Throws
 * a `file` error for a first line that is no header, or a version that is not known.
 */
export function openJournal(source: ByteSource, name: string): OpenJournal {
  const index = new JournalIndex(source, name);
  index.refresh(FIRST_BYTES);
  return index;
}

class JournalIndex implements OpenJournal {
  readonly name: string;
  header: (HeaderEvent & JournalLine) | null = null;
  lineCount = 0;
  unindexedBytes = 0;
  endMs = 0;
  bytesCutOff = 0;
  readonly counts = new Map<string, number>();
  private readonly source: ByteSource;
  private readonly offsets = new GrowingNumbers();
  private readonly rareSeqs = new GrowingNumbers();
  private readonly rareOffsets = new GrowingNumbers();
  private readonly rareTypes: string[] = [];
  /** Used again for every reading: a new one each time would pile up outside the heap. */
  private buffer = new Uint8Array(0);
  private scannedTo = 0;
  private lastType = '';

  constructor(source: ByteSource, name: string) {
    this.source = source;
    this.name = name;
  }

  get isComplete(): boolean {
    return this.lastType === 'closed' && this.bytesCutOff === 0 && this.unindexedBytes === 0;
  }

  get unindexedLines(): number {
    return Math.ceil((this.unindexedBytes * this.lineCount) / Math.max(1, this.scannedTo));
  }

  refresh(mostBytes = Number.POSITIVE_INFINITY): number {
    const before = this.lineCount;
    const { nextByte, isAtEnd } = scanLines(this.source, { fromByte: this.scannedTo, mostBytes }, line =>
      this.take(line),
    );
    this.scannedTo = nextByte;
    const rest = Math.max(0, this.source.size() - nextByte);
    this.unindexedBytes = isAtEnd ? 0 : rest;
    this.bytesCutOff = isAtEnd ? rest : 0;
    return this.lineCount - before;
  }

  readRange(fromSeq: number, count: number): JournalLine[] {
    const first = Math.max(0, Math.floor(fromSeq));
    const most = Math.min(count, this.lineCount - first);
    if (most <= 0) return [];
    const fromByte = this.offsets.at(Math.floor(first / STRIDE)) ?? 0;
    const toByte = this.offsets.at(Math.ceil((first + most) / STRIDE)) ?? this.scannedTo;
    const lines: JournalLine[] = [];
    let seq = first - (first % STRIDE);
    for (const line of this.textsFrom(fromByte, toByte)) {
      if (seq >= first) lines.push(parseJournalLine(line, seq, this.name));
      seq++;
      if (lines.length === most) break;
    }
    return lines;
  }

  nextOfType(type: string, afterSeq: number): number | null {
    if (type === 'window') return this.nextWindow(afterSeq);
    for (let at = this.rareSeqs.firstAbove(afterSeq); at < this.rareSeqs.length; at++) {
      if (this.rareTypes[at] === type) return this.rareSeqs.at(at) ?? null;
    }
    return null;
  }

  readRare(afterSeq: number, count: number): JournalLine[] {
    const from = this.rareSeqs.firstAbove(afterSeq);
    const to = Math.min(this.rareSeqs.length, from + count);
    const lines: JournalLine[] = [];
    for (let at = from; at < to; at++) {
      const seq = this.rareSeqs.at(at) ?? 0;
      const fromByte = this.rareOffsets.at(at) ?? 0;
      for (const line of this.textsFrom(fromByte, this.scannedTo, PEEK_BYTES * 8)) {
        lines.push(parseJournalLine(line, seq, this.name));
        break;
      }
    }
    return lines;
  }

  close(): void {
    this.source.close();
  }

  private nextWindow(afterSeq: number): number | null {
    let seq = Math.max(0, Math.floor(afterSeq) + 1);
    for (let at = this.rareSeqs.firstAbove(seq - 1); this.rareSeqs.at(at) === seq; at++) seq++;
    return seq < this.lineCount ? seq : null;
  }

  private take(line: ScannedLine): void {
    const seq = this.lineCount;
    if (seq % STRIDE === 0) this.offsets.push(line.atByte);
    const peeked =
      peekLine(line.bytes, { start: line.start, end: line.start + line.length }, seq) ??
      this.parseAt(line, seq);
    if (seq === 0) this.header = checkHeader(this.parseAt(line, 0), this.name);
    if (peeked.type !== 'window') {
      this.rareSeqs.push(seq);
      this.rareOffsets.push(line.atByte);
      this.rareTypes.push(peeked.type);
    }
    this.counts.set(peeked.type, (this.counts.get(peeked.type) ?? 0) + 1);
    this.endMs = peeked.atMs;
    this.lastType = peeked.type;
    this.lineCount++;
  }

  private parseAt({ atByte, length }: ScannedLine, seq: number): JournalLine {
    const bytes = new Uint8Array(length);
    this.source.read(bytes, atByte);
    return parseJournalLine(new TextDecoder().decode(bytes), seq, this.name);
  }

  private roomFor(bytes: number): Uint8Array {
    if (this.buffer.length < bytes) this.buffer = new Uint8Array(bytes);
    return this.buffer.subarray(0, bytes);
  }

  /** Texts of the whole lines between two offsets of the file; `guess` is how much is read at first. */
  private *textsFrom(fromByte: number, toByte: number, guess = READ_BYTES): Generator<string> {
    const decoder = new TextDecoder();
    let at = fromByte;
    let room = guess;
    while (at < toByte) {
      const chunk = this.roomFor(Math.min(room, toByte - at));
      const bytes = chunk.subarray(0, this.source.read(chunk, at));
      let start = 0;
      for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
        yield decoder.decode(bytes.subarray(start, end));
        start = end + 1;
      }
      if (start === 0 && (bytes.length === 0 || at + bytes.length >= toByte)) return;
      if (start === 0) room *= 4;
      at += start;
    }
  }
}
