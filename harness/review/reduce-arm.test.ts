import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memorySource } from '../journal/byte-source.ts';
import type { JournalLine } from '../journal/events.ts';
import { openJournal } from '../journal/open-journal.ts';
import { readJournal } from '../journal/reader.ts';
import { testJournal } from '../score/testing/test-journal.ts';
import { GUARDED, UNGUARDED } from '../score/testing/test-run.ts';
import { HOSTILE_TEXTS, hugeText, stringsIn, UNSAFE_TEXT } from '../testing/hostile-texts.ts';
import { readArm, wholeArm } from './arm-reader.ts';
import { initialArmState } from './arm-state.ts';
import { reduceArm, reduceArmLines } from './reduce-arm.ts';
import { stateOf } from './testing/run-files.ts';

const TEXT = testJournal(UNGUARDED);
const LINES = readJournal(TEXT, 'test').lines;
const WHOLE = reduceArmLines(initialArmState, LINES);

test('a state is the same however its lines are parted', () => {
  expect(LINES.reduce(reduceArm, initialArmState)).toEqual(WHOLE);
  fc.assert(
    fc.property(fc.array(fc.nat(LINES.length), { maxLength: 12 }), cuts => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), LINES.length];
      const parts = edges.slice(1).map((to, index) => LINES.slice(edges[index], to));
      expect(parts.reduce(reduceArmLines, initialArmState)).toEqual(WHOLE);
    }),
    { numRuns: 50 },
  );
});

test('reducing changes no earlier state', () => {
  const before = reduceArmLines(initialArmState, LINES.slice(0, 200));
  const copy = structuredClone(before);
  reduceArmLines(before, LINES.slice(200));
  expect(before).toEqual(copy);
});

test('replay in steps, windows last, comes to the same state', () => {
  const reader = readArm(openJournal(memorySource(Buffer.from(TEXT)), 'test.jsonl'));
  while (reader.step(37)) expect(reader.state.lines + reader.pending).toBe(LINES.length);
  expect(reader.state).toEqual(WHOLE);
});

test('windows fold into buckets that double and lose no visit', () => {
  const window = (index: number): JournalLine => ({
    ...{ seq: index, atMs: (index + 1) * 10_000, type: 'window' },
    ...{ fromMs: index * 10_000, toMs: (index + 1) * 10_000, money: [] },
    journeys: [
      { journey: 'buy', region: 'na', succeeded: 3, failed: 1, latency: [], steps: [['checkout/na', 4, 1]] },
    ],
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), count => {
      const { shoppers } = reduceArmLines(
        initialArmState,
        Array.from({ length: count }, (_, index) => window(index)),
      );
      const [series] = shoppers.journeys;
      expect(series?.succeeded.reduce((sum, value) => sum + value, 0)).toBe(3 * count);
      expect(series?.failed.length).toBeLessThanOrEqual(1_024);
      expect(series?.failed.length).toBe(Math.ceil((count * 10_000) / shoppers.bucketMs));
    }),
    { numRuns: 20 },
  );
});

test('the state stays small, whatever the journal', () => {
  const lines = Array.from(
    { length: 60_000 },
    (_, seq): JournalLine => ({
      ...{ seq, atMs: seq, type: 'agent', agent: `agent-${seq}`, stepId: null, phase: 'fallback' },
      text: `tries ${seq}`,
    }),
  );
  const state = reduceArmLines(initialArmState, lines);
  expect(state.events.length).toBeLessThanOrEqual(4_000);
  expect(state.events.length + state.eventsDropped).toBe(60_000);
  expect([state.events[0]?.seq, state.events.at(-1)?.seq]).toEqual([0, 59_999]);
});

test('what no version of the format allows is counted and left out, and the rest is shown', () => {
  const odd = [
    { type: 'window', fromMs: -1, journeys: [], money: [] },
    {
      type: 'window',
      fromMs: 10,
      journeys: [{ journey: 'a', region: 'b', succeeded: null, failed: 0, steps: [] }],
      money: [],
    },
    { type: 'action-requested' },
    { type: 'gate' },
    { type: 'of a later version', anything: 1 },
  ];
  const lines = odd.map((event, seq) => ({ seq, atMs: seq, ...event }) as unknown as JournalLine);
  const state = reduceArmLines(initialArmState, lines);
  expect(state).toMatchObject({ lines: 5, unreadable: 4 });
  expect(state.shoppers.windows).toBe(0);
});

test.each(HOSTILE_TEXTS.map((text, index) => [index, text] as const))(
  'hostile text %i is harmless in a state',
  (_, text) => {
    const hostile = withText(LINES, text);
    const state = reduceArmLines(initialArmState, hostile);
    expect(stringsIn(state).filter(found => UNSAFE_TEXT.test(found) || found.includes('\n'))).toEqual([]);
    expect(JSON.stringify(state).length).toBeLessThan(600_000);
  },
);

test('a field of ten megabytes is cut', () => {
  const [header] = LINES;
  const text = `${JSON.stringify(header)}\n${JSON.stringify({ seq: 1, atMs: 1, type: 'agent', agent: 'a', stepId: null, phase: 'waiting', text: hugeText() })}\n`;
  const state = stateOf(text);
  expect(state.events).toHaveLength(1);
  expect(state.events[0]?.label.length).toBeLessThanOrEqual(160);
});

test('requests know what every guardrail answered and what became of them', () => {
  const { actions } = stateOf(testJournal(GUARDED));
  expect(actions).toHaveLength(1);
  expect(actions[0]).toMatchObject({ decision: 'denied', decidedBy: ['deletion-protection'], landed: false });
  const mistake = WHOLE.actions.find(({ stepId }) => stepId !== null);
  expect(mistake).toMatchObject({ landed: true, door: 'console', verb: 'environment.delete' });
});

test('a journal is as long as its state says', () => {
  expect(wholeArm(openJournal(memorySource(Buffer.from(TEXT)), 'test')).lines).toBe(LINES.length);
  expect(WHOLE).toMatchObject({ unreadable: 0, closed: { status: 'completed' }, endMs: 8 * 3_600_000 });
});

/** Every free text of the lines replaced; names that others refer to stay the same everywhere. */
function withText(lines: readonly JournalLine[], text: string): JournalLine[] {
  const kept = new Set([
    'type',
    'schema',
    'arm',
    'phase',
    'kind',
    'status',
    'stack',
    'decision',
    'effect',
    'countedAs',
    'about',
    'role',
    'moment',
    'step',
  ]);
  const swap = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return kept.has(key) ? value : text;
    if (Array.isArray(value)) return value.map(inner => swap(inner, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, swap(inner, name)]));
  };
  return lines.map(line => swap(line, '') as JournalLine);
}
