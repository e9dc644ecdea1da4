import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testJournal } from '../score/testing/test-journal.ts';
import { UNGUARDED } from '../score/testing/test-run.ts';
import { memorySource } from './byte-source.ts';
import { openJournal } from './open-journal.ts';
import { readJournal } from './reader.ts';

const TEXT = testJournal(UNGUARDED);
const BYTES = Buffer.from(TEXT);
const WHOLE = readJournal(TEXT, 'test').lines;

/** With all of it indexed. */
function open(bytes: Uint8Array) {
  const journal = openJournal(memorySource(bytes), 'test.jsonl');
  journal.refresh();
  return journal;
}

test('an index reads the same lines as the plain reader', () => {
  const journal = open(BYTES);
  expect(journal.lineCount).toBe(WHOLE.length);
  expect(journal.isComplete).toBe(true);
  expect(journal.endMs).toBe(WHOLE.at(-1)?.atMs);
  expect(journal.readRange(0, Number.MAX_SAFE_INTEGER)).toEqual(WHOLE);
  expect(journal.readRare(-1, 10_000)).toEqual(WHOLE.filter(({ type }) => type !== 'window'));
  expect(journal.counts.get('window')).toBe(WHOLE.filter(({ type }) => type === 'window').length);
});

test('any range is the same slice of the whole', () => {
  const journal = open(BYTES);
  fc.assert(
    fc.property(fc.nat(WHOLE.length + 5), fc.nat(600), (from, count) => {
      expect(journal.readRange(from, count)).toEqual(WHOLE.slice(from, from + count));
    }),
  );
});

test('the next line of a type is the first one after', () => {
  const journal = open(BYTES);
  const types = [...journal.counts.keys(), 'never-written'];
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.integer({ min: -1, max: WHOLE.length }), (type, after) => {
      const expected = WHOLE.find(line => line.type === type && line.seq > after)?.seq ?? null;
      expect(journal.nextOfType(type, after)).toBe(expected);
    }),
  );
});

test('a journal cut at any byte opens, shows its whole lines, and says that it is cut', () => {
  fc.assert(
    fc.property(fc.nat(BYTES.length - 1), at => {
      const cut = BYTES.subarray(0, at);
      const journal = open(cut);
      const whole = cut.filter(byte => byte === 0x0a).length;
      expect(journal.isComplete).toBe(false);
      expect(journal.lineCount).toBe(whole);
      expect(journal.bytesCutOff).toBe(at - (cut.lastIndexOf(0x0a) + 1));
      expect(journal.readRange(0, WHOLE.length)).toEqual(WHOLE.slice(0, whole));
      expect(journal.header === null).toBe(whole === 0);
    }),
    { numRuns: 300 },
  );
});

test('every cut within the first and the last line opens too', () => {
  const ends = [...Array(200).keys(), ...Array.from({ length: 200 }, (_, back) => BYTES.length - 1 - back)];
  for (const at of ends) expect(open(BYTES.subarray(0, at)).isComplete).toBe(false);
});

test('a journal that grows is read on from where it was', () => {
  const source = { ...memorySource(BYTES), size: () => size, read: readSome };
  let size = 0;
  function readSome(into: Uint8Array, fromByte: number): number {
    return memorySource(BYTES.subarray(0, size)).read(into, fromByte);
  }
  const journal = openJournal(source, 'test.jsonl');
  for (const next of [10, 5_000, 5_001, 40_000, BYTES.length]) {
    size = next;
    journal.refresh();
    expect(journal.lineCount).toBe(BYTES.subarray(0, next).filter(byte => byte === 0x0a).length);
  }
  expect(journal.isComplete).toBe(true);
  expect(journal.readRange(0, WHOLE.length)).toEqual(WHOLE);
});

test('a long journal is open before it was gone through; refresh goes on where it was, a little at a time', () => {
  const text = longText(12_000);
  const source = memorySource(Buffer.from(text));
  let bytesRead = 0;
  const journal = openJournal(
    {
      ...source,
      read: (into, fromByte) => {
        const count = source.read(into, fromByte);
        bytesRead += count;
        return count;
      },
    },
    'test.jsonl',
  );
  expect(bytesRead).toBeLessThan(text.length / 2);
  expect(journal.header?.arm).toBe('unguarded');
  expect(journal.isComplete).toBe(false);
  expect(journal.lineCount + journal.unindexedLines).toBeGreaterThan(10_000);
  const steps: number[] = [];
  while (journal.unindexedBytes > 0) steps.push(journal.refresh(500_000));
  expect(steps.length).toBeGreaterThan(1);
  expect(journal.isComplete).toBe(true);
  expect(journal.readRange(0, 20_000)).toEqual(readJournal(text, 'test').lines);
  const cut = openJournal(memorySource(Buffer.from(text.slice(0, -5))), 'test.jsonl');
  expect(cut.bytesCutOff).toBe(0);
  cut.refresh();
  expect(cut.bytesCutOff).toBeGreaterThan(0);
});

/** A journal of that many lines, the windows of another one again and again. */
function longText(lines: number): string {
  const windows = WHOLE.filter(({ type }) => type === 'window');
  const long = Array.from({ length: lines - 2 }, (_, index) => windows[index % windows.length]);
  return [WHOLE[0], ...long, WHOLE.at(-1)]
    .map((line, seq) => `${JSON.stringify({ ...line, seq, atMs: seq })}\n`)
    .join('');
}

test('lines longer than any chunk, and layouts of another writer, are indexed as well', () => {
  const [header = '', ...rest] = TEXT.split('\n');
  const text = 'é'.repeat(1_500_000);
  const long = JSON.stringify({
    seq: 1,
    atMs: 0,
    type: 'agent',
    agent: 'a',
    stepId: null,
    phase: 'started',
    text,
  });
  const spaced =
    '{ "type": "agent", "seq": 2, "atMs": 0.5, "agent": "a", "stepId": null, "phase": "started", "text": "x" }';
  const journal = open(Buffer.from(`${header}\n${long}\n${spaced}\n${rest[0]?.slice(0, 20)}`));
  expect(journal.lineCount).toBe(3);
  expect([...journal.counts]).toEqual([
    ['header', 1],
    ['agent', 2],
  ]);
  expect(journal.readRange(1, 2)).toEqual([JSON.parse(long), JSON.parse(spaced)]);
  expect(journal.readRare(0, 5)).toEqual([JSON.parse(long), JSON.parse(spaced)]);
  expect(journal.bytesCutOff).toBe(20);
});

test('a newer version, a first line that is no header and a broken line are refused in clear words', () => {
  const newer = TEXT.replace('brakecheck/journal/v1', 'brakecheck/journal/v9');
  expect(() => open(Buffer.from(newer))).toThrow(
    'it is of format brakecheck/journal/v9, and this version reads brakecheck/journal/v1',
  );
  expect(() => open(Buffer.from('hello\n'))).toThrow('could not read test.jsonl: line 1 is no journal event');
  expect(() => open(Buffer.from(TEXT.slice(TEXT.indexOf('\n') + 1).replace('"seq":1', '"seq":0')))).toThrow(
    'its first line is no journal header',
  );
  const lines = TEXT.split('\n');
  expect(() => open(Buffer.from([...lines.slice(0, 9), 'not json', ...lines.slice(9)].join('\n')))).toThrow(
    'line 10 is no journal event with sequence number 9',
  );
});
