import { expect, test } from 'vitest';
import { seedsOfScenario } from './gameday-words.ts';

const counted = (contained: number, escaped: number, inconclusive: number) => ({
  contained,
  escaped,
  inconclusive,
});

test('seeds that agree are counted once; where they differ, each verdict has its number', () => {
  expect(seedsOfScenario({ verdict: 'contained', seeds: counted(3, 0, 0) })).toBe('3 of 3 seeds');
  expect(seedsOfScenario({ verdict: 'escaped', seeds: counted(1, 2, 0) })).toBe('2 escaped, 1 contained');
  // A day that was halted: what was not run is not taken for an escape.
  expect(seedsOfScenario({ verdict: 'escaped', seeds: counted(0, 1, 2) })).toBe('1 escaped, 2 inconclusive');
  expect(seedsOfScenario({ verdict: 'contained', seeds: counted(1, 0, 0) })).toBe('');
});
