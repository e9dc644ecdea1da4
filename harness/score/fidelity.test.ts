import { expect, test } from 'vitest';
import { HARMS } from '../scenario/scenario-schema.ts';
import { claimResults as judgeClaims, measureClaims, type SeedMeasure } from './fidelity.ts';
import type { Harm } from './harm.ts';
import type { ScoredClaim } from './scoring-plan.ts';

const HOUR = 3_600_000;

function measure(outageMs: number, cells: string[] = [], share = 0.99) {
  const placed = Object.fromEntries(HARMS.map(name => [name, []])) as unknown as Record<string, unknown>;
  placed.outage = [{ journey: 'buy', region: 'na', cell: null, amount: outageMs }];
  const harm = {
    placed,
    outages: [],
    orderDrops: [
      { region: 'na', journey: null, share, hadOutage: true },
      { region: 'eu', journey: null, share: 0, hadOutage: false },
    ],
    cellsAffected: cells,
    cellsInWorld: 10,
  } as unknown as Harm;
  return { harm, severity: 1 as const };
}

function claimResults(claims: readonly ScoredClaim[], seeds: readonly SeedMeasure[]) {
  return judgeClaims(
    claims,
    seeds.map(seed => measureClaims(claims, seed)),
  );
}

const OUTAGE: ScoredClaim = {
  harm: 'outage',
  journey: 'buy',
  region: 'na',
  is: '6h',
  tolerance: 0.1,
  kind: 'calibrated',
};

test('a claim is judged at the median of the seeds that ran', () => {
  const [near] = claimResults([OUTAGE], [measure(5 * HOUR), measure(6.2 * HOUR), measure(9 * HOUR)]);
  expect(near).toMatchObject({ measured: '6h12m', met: true, seeds: 3, weak: false });
  expect(claimResults([OUTAGE], [measure(7 * HOUR)])[0]).toMatchObject({ met: false });
});

test('with thirty seeds the documented value must lie within the spread too', () => {
  const close = Array.from({ length: 30 }, () => measure(6.1 * HOUR));
  expect(claimResults([OUTAGE], close)[0]).toMatchObject({ met: false, seeds: 30 });
  const around = Array.from({ length: 30 }, (_, index) => measure((5.5 + index / 30) * HOUR));
  expect(claimResults([OUTAGE], around)[0]).toMatchObject({ met: true });
});

test('a spread wider than three times reads weak', () => {
  expect(claimResults([OUTAGE], [measure(2 * HOUR), measure(6 * HOUR), measure(10 * HOUR)])[0]).toMatchObject(
    {
      met: true,
      weak: true,
    },
  );
});

test('cells must be the same in more than half of the seeds', () => {
  const claim: ScoredClaim = { harm: 'cellsAffected', is: ['b/na', 'a/na'], kind: 'predicted' };
  const [met] = claimResults(
    [claim],
    [measure(1, ['a/na', 'b/na']), measure(1, ['a/na', 'b/na']), measure(1, ['a/na'])],
  );
  expect(met).toMatchObject({ documented: 'a/na, b/na', measured: 'a/na, b/na', met: true });
  expect(claimResults([claim], [])[0]).toMatchObject({ met: false, measured: null });
});

test('a drop of orders is a share, and without seeds nothing is met', () => {
  const claim: ScoredClaim = {
    harm: 'orderDrop',
    region: 'na',
    is: '99%',
    tolerance: 0.02,
    kind: 'predicted',
  };
  expect(claimResults([claim], [measure(1, [], 0.985)])[0]).toMatchObject({ measured: '98.5%', met: true });
  expect(claimResults([claim], [])[0]).toMatchObject({ measured: null, met: false });
});

test('a region without an outage answers a claim that nothing was missing there, whatever the journey', () => {
  const claim: ScoredClaim = {
    harm: 'orderDrop',
    region: 'eu',
    is: '0%',
    tolerance: 0.02,
    kind: 'predicted',
  };
  const claims = [claim, { ...claim, journey: 'buy' }];
  for (const result of claimResults(claims, [measure(1)]))
    expect(result).toMatchObject({ measured: '0%', met: true, seeds: 1 });
});
