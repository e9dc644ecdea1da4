import { expect, test } from 'vitest';
import { isSteady, type Round } from './steadiness.ts';
import type { Walked } from './walked.ts';

interface Met {
  readonly good: number;
  readonly bad: number;
  readonly tookMs?: number;
  readonly journey?: string;
  readonly connections?: number;
}

function round({ good, bad, tookMs = 100, journey = 'view-price', connections = 0 }: Met): Round {
  const walked = Array.from({ length: good + bad }, (_, index): Walked => {
    const experience = {
      ...{ shopper: `na-${index}`, journey, region: 'na', startedMs: 0, finishedMs: tookMs },
      ...{ succeeded: index < good, steps: [], order: null, answer: null },
    };
    const shopper = { id: `na-${index}`, number: index, region: 'na', draw: () => 0 };
    return { arrival: { atMs: 0, shopper, journey: 'view-price' }, experience, durationMs: tookMs };
  });
  return { walked, connections: { 'production/na': connections } };
}

test('one round tells nothing, two that agree do', () => {
  expect(isSteady([])).toBe(false);
  expect(isSteady([round({ good: 12, bad: 0 })])).toBe(false);
  expect(isSteady([round({ good: 12, bad: 0 }), round({ good: 12, bad: 0 })])).toBe(true);
  expect(isSteady([round({ good: 0, bad: 12 }), round({ good: 0, bad: 12 })])).toBe(true);
});

test('a success that falls by more than chance explains is not steady, by less it is', () => {
  expect(isSteady([round({ good: 12, bad: 0 }), round({ good: 4, bad: 8 })])).toBe(false);
  expect(isSteady([round({ good: 6, bad: 6 }), round({ good: 5, bad: 7 })])).toBe(true);
  expect(
    isSteady([round({ good: 12, bad: 0 }), round({ good: 4, bad: 8 }), round({ good: 4, bad: 8 })]),
  ).toBe(true);
});

test('a shop that grows slow is not steady', () => {
  const [quick, slow] = [round({ good: 12, bad: 0 }), round({ good: 12, bad: 0, tookMs: 900 })];
  expect(isSteady([quick, slow])).toBe(false);
  expect(isSteady([quick, slow, slow])).toBe(true);
});

test('one connection more than a round ago is not steady, however well shoppers fare; one fewer is', () => {
  const at = (connections: number) => round({ good: 12, bad: 0, connections });
  expect(isSteady([at(3), at(4)])).toBe(false);
  expect(isSteady([at(4), at(4)])).toBe(true);
  expect(isSteady([at(4), at(3)])).toBe(true);
});

test('too few journeys to compare are left to the region as a whole', () => {
  const [few, other] = [
    round({ good: 2, bad: 0, journey: 'buy' }),
    round({ good: 0, bad: 2, journey: 'buy' }),
  ];
  expect(isSteady([few, other])).toBe(true);
});
