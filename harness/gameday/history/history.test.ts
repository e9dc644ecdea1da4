import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildHistory } from './build-history.ts';
import type { Change } from './changes.ts';
import type { Series } from './history.ts';
import { printHistory } from './print-history.ts';
import { sparkline } from './sparkline.ts';
import { dayOf, historyOf, type Kind } from './testing/results.ts';

const KINDS = ['contained', 'escaped', 'inconclusive', 'unknownTwin'] as const satisfies readonly Kind[];

function only(kinds: readonly Kind[]): Series {
  const [series] = historyOf(kinds).series;
  if (series === undefined) throw new Error('there is one series');
  return series;
}

function told(changes: readonly Change[]): string[] {
  return changes.map(
    ({ kind, guardrail, at }) => `${at.startedAt.slice(8, 10)} ${guardrail ?? 'issue'} ${kind}`,
  );
}

test('an escape is discovered, the guardrail that let it through has drifted, and both come right again', () => {
  const series = only(['contained', 'contained', 'escaped', 'contained']);
  expect(told(series.changes)).toEqual([
    '03 issue discovered',
    '03 deletion-protection drifted',
    '04 issue fixed',
    '04 deletion-protection recovered',
  ]);
  expect(series.streaks).toEqual([
    { scenario: 'rebuild', verdict: 'contained', length: 1, since: '2026-03-04T12:00:00.000Z' },
  ]);
  expect(series.points.map(({ score }) => score)).toEqual([100, 100, 0, 100]);
});

test('an inconclusive game day fixes nothing and hides nothing', () => {
  const series = only(['contained', 'inconclusive', 'escaped', 'inconclusive', 'escaped', 'contained']);
  expect(told(series.changes).filter(change => change.includes('issue'))).toEqual([
    '03 issue discovered',
    '06 issue fixed',
  ]);
  expect(series.changes[0]?.comparedWith.startedAt).toBe('2026-03-01T12:00:00.000Z');
  expect(series.leftOut.join('\n')).toContain('2026-03-02, rebuild: it is inconclusive');
});

test('what was asked differently is not compared, and it is said why', () => {
  const changed = new Map([['rebuild', { scenario: 'sha256:other', world: 'sha256:world' }]]);
  const { series } = buildHistory({
    folder: 'reports',
    found: [
      dayOf(1, 'contained'),
      dayOf(2, 'escaped', {
        questions: changed,
        card: { ...escapedCard(), suiteHash: 'sha256:other-suite' },
      }),
    ],
    skipped: [],
    older: 0,
  });
  expect(series[0]?.changes).toEqual([]);
  expect(series[0]?.leftOut).toEqual([
    'reports/a-day-2026-03-02, rebuild: the scenario was changed between the two',
  ]);
  expect(series[0]?.streaks[0]?.length).toBe(1);
});

function escapedCard() {
  const day = dayOf(2, 'escaped');
  const card = day.kind === 'game-day' ? day.cards.get('layers') : undefined;
  if (card === undefined) throw new Error('the day has a card');
  return card;
}

test('a changed profile is named as what changed, not as drift alone', () => {
  const { series } = buildHistory({
    folder: 'reports',
    found: [dayOf(1, 'contained'), dayOf(2, 'escaped', { profileDigest: 'sha256:another' })],
    skipped: [],
    older: 0,
  });
  expect(series[0]?.changes.map(({ profileChanged }) => profileChanged)).toEqual([true, true]);
  const text = printHistory(historyOf(['contained', 'escaped']), {
    width: 80,
    paint: (_tone, words) => words,
  });
  expect(text).not.toContain('the profile was changed');
});

test('a scorecard that is missing is no drift', () => {
  const second = dayOf(2, 'escaped');
  const found = [dayOf(1, 'contained'), second.kind === 'run' ? second : { ...second, cards: new Map() }];
  const { series } = buildHistory({ folder: 'reports', found, skipped: [], older: 0 });
  expect(told(series[0]?.changes ?? [])).toEqual(['02 issue discovered']);
});

test('the order in which folders are found does not matter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 6 }).chain(kinds => {
        const found = kinds.map((kind, index) => dayOf(index + 1, kind));
        return fc.tuple(
          fc.constant(found),
          fc.shuffledSubarray(found, { minLength: found.length, maxLength: found.length }),
        );
      }),
      ([found, shuffled]) => {
        const of = (all: typeof found) =>
          buildHistory({ folder: 'reports', found: all, skipped: [], older: 0 });
        expect(of(shuffled)).toEqual(of(found));
      },
    ),
    { numRuns: 30 },
  );
});

test('played backwards, what was discovered is fixed, and what drifted recovers', () => {
  const opposite = { discovered: 'fixed', fixed: 'discovered', drifted: 'recovered', recovered: 'drifted' };
  const count = (kinds: readonly Kind[], kind: string) =>
    only(kinds).changes.filter(change => change.kind === kind).length;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...KINDS), { minLength: 2, maxLength: 6 }), kinds => {
      for (const [kind, other] of Object.entries(opposite))
        expect(count(kinds.toReversed(), other)).toBe(count(kinds, kind));
    }),
    { numRuns: 30 },
  );
});

test('days on which nothing differs tell of no change, and make one streak', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.integer({ min: 1, max: 8 }), (kind, days) => {
      const series = only(Array.from({ length: days }, () => kind));
      expect(series.changes).toEqual([]);
      expect(series.streaks[0]?.length).toBe(days);
    }),
    { numRuns: 20 },
  );
});

test('a sparkline has a sign for each value and a bar before what does not compare', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ value: fc.option(fc.double()), isBreak: fc.boolean() }), { maxLength: 20 }),
      fc.double({ min: 0, noNaN: true }),
      (values, most) => {
        const line = sparkline(values, most);
        const breaks = values.slice(1).filter(({ isBreak }) => isBreak).length;
        expect(line).toMatch(/^[▁▂▃▄▅▆▇█·|]*$/);
        expect([...line]).toHaveLength(values.length + breaks);
      },
    ),
  );
  const values = [0, 50, 100, null].map(value => ({ value, isBreak: false }));
  expect(sparkline(values, 100)).toBe('▁▅█·');
});

test('the text shows the trend with signs and words, the newest change first, within its width', () => {
  const history = historyOf(['contained', 'contained', 'escaped']);
  const text = printHistory(
    { ...history, skipped: [{ directory: 'reports/x', because: 'it is strange' }], older: 3 },
    { width: 80, paint: (_tone, words) => words },
  );
  expect(text).toMatch(/Score +0 ▼ worse +██▁/);
  expect(text).toContain('✗ 2026-03-03 12:00 discovered: rebuild escapes');
  expect(text).toContain('! 2026-03-03 12:00 drifted: deletion-protection in rebuild: held → silent');
  expect(text).toContain('! reports/x: it is strange');
  expect(text).toContain('3 older results not read');
  for (const line of text.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
});
