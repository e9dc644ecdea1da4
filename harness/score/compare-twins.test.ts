import { expect, test } from 'vitest';
import { compareTwins } from './compare-twins.ts';
import type { ArmScore, ScenarioScore, Scorecard } from './scorecard.ts';

interface Found {
  readonly verdict?: ScenarioScore['verdict'];
  readonly outageMs?: number;
  readonly failedJourneys?: number;
  readonly rowsLost?: number;
  readonly cells?: readonly string[];
}

/** The part of a scorecard that twins are compared by. */
function card(stack: string, found: Found | null): Scorecard {
  const { verdict = 'contained', outageMs = 0, failedJourneys = 0, rowsLost = 0, cells = [] } = found ?? {};
  const outages = [{ journey: 'buy', region: 'na', durationMs: outageMs }].filter(() => outageMs > 0);
  const harm = { outages, failedJourneys, rowsLost, cellsAffected: cells };
  const unguarded = { severity: 1, harm } as unknown as ArmScore;
  const scenario = { id: 'a', verdict, stage: 'prevented', arms: { unguarded } } as unknown as ScenarioScore;
  return { stack, scenarios: found === null ? [] : [scenario] } as unknown as Scorecard;
}

const HOUR_MS = 3_600_000;
const FOUND: Found = { outageMs: 6 * HOUR_MS, failedJourneys: 900, cells: ['pricing/na'] };

function disagreeing(first: Found | null, second: Found | null): string[] {
  const { scenarios, agree } = compareTwins(card('sim', first), card('local', second));
  const rows = scenarios.flatMap(scenario => scenario.rows.filter(row => !row.agree));
  expect(agree).toBe(rows.length === 0 && scenarios.length > 0);
  return rows.map(({ what }) => what);
}

test('the same findings agree, and quantities may stray a little', () => {
  expect(disagreeing(FOUND, FOUND)).toEqual([]);
  expect(disagreeing(FOUND, { ...FOUND, outageMs: 5.5 * HOUR_MS, failedJourneys: 960 })).toEqual([]);
});

test('a verdict, a harmed cell or a lost row of difference is no agreement', () => {
  expect(disagreeing(FOUND, { ...FOUND, verdict: 'escaped' })).toEqual(['verdict']);
  expect(disagreeing(FOUND, { ...FOUND, cells: ['pricing/na', 'checkout/na'] })).toEqual([
    'unguarded: harmed cells',
  ]);
  expect(disagreeing(FOUND, { ...FOUND, rowsLost: 1 })).toEqual(['unguarded: rowsLost']);
});

test('quantities beyond their tolerance are named with it', () => {
  expect(disagreeing(FOUND, { ...FOUND, failedJourneys: 500 })).toEqual(['unguarded: failedJourneys']);
  expect(disagreeing(FOUND, { ...FOUND, outageMs: HOUR_MS })).toEqual(['unguarded: outage, buy in na (ms)']);
  const { scenarios } = compareTwins(card('sim', FOUND), card('local', { ...FOUND, failedJourneys: 500 }));
  const row = scenarios[0]?.rows.find(({ agree }) => !agree);
  expect(row).toMatchObject({ first: 900, second: 500, tolerance: '10 %, or 10' });
});

test('a scenario that only one of them ran, or none, is no agreement', () => {
  expect(disagreeing(FOUND, null)).toContain('verdict');
  expect(compareTwins(card('sim', null), card('local', null)).agree).toBe(false);
});
