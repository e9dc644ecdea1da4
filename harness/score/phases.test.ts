import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationOf } from './minutes.ts';
import { cutByPhases } from './phases.ts';

const span = (name: string, fromMs: number, toMs: number) => ({
  name,
  fromMs,
  toMs,
  kind: 'mechanism' as const,
});

test('the span that began last wins, and what none covers is unattributed', () => {
  const spans = [span('diagnosis', 0, 60), span('restore', 20, 40)];
  expect(cutByPhases([{ fromMs: 10, toMs: 100 }], spans)).toEqual([
    { name: 'diagnosis', kind: 'mechanism', durationMs: 30 },
    { name: 'restore', kind: 'mechanism', durationMs: 20 },
    { name: 'unattributed', kind: 'mechanism', durationMs: 40 },
  ]);
});

test('phases sum exactly to the outage, whatever the spans', () => {
  const anySpan = fc
    .tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.nat(1_000),
      fc.nat(1_000),
      fc.constantFrom('declared', 'mechanism'),
    )
    .map(([name, fromMs, lengthMs, kind]) => ({
      name,
      fromMs,
      toMs: fromMs + lengthMs,
      kind: kind as 'declared',
    }));
  const intervals = fc
    .uniqueArray(fc.nat(1_500), { minLength: 2, maxLength: 6 })
    .map(edges => edges.sort((a, b) => a - b))
    .map(edges =>
      edges.flatMap((fromMs, index) => {
        const toMs = edges[index + 1];
        return index % 2 === 1 || toMs === undefined ? [] : [{ fromMs, toMs }];
      }),
    );
  fc.assert(
    fc.property(intervals, fc.array(anySpan, { maxLength: 12 }), (outage, spans) => {
      const phases = cutByPhases(outage, spans);
      expect(phases.reduce((sumMs, { durationMs }) => sumMs + durationMs, 0)).toBe(durationOf(outage));
    }),
  );
});
