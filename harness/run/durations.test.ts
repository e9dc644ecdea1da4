import { expect, test } from 'vitest';
import type { ArmScore } from '../score/scorecard.ts';
import { measureUnguarded } from '../testing/run-one-arm.ts';
import { smallScenario } from '../testing/small-scenario.ts';

const MINUTE_MS = 60_000;

function outageOf({ harm }: ArmScore, journey: string, region: string) {
  const outage = harm?.outages.find(found => found.journey === journey && found.region === region);
  const phaseMs = (name: string) =>
    (outage?.phases ?? [])
      .filter(phase => phase.name === name)
      .reduce((sum, { durationMs }) => sum + durationMs, 0);
  return { durationMs: outage?.durationMs ?? 0, phaseMs };
}

test('backups that are half as quick make a deletion longer by what the restore takes', async () => {
  const [quick, slow] = await Promise.all(
    ['12GB', '6GB'].map(async throughput => {
      const scenario = smallScenario({ figures: { 'backups.throughputPerSecond': throughput } });
      return outageOf(await measureUnguarded(scenario), 'view-costs', 'cn-north-1');
    }),
  );
  // 4 TB at 12 GB a second.
  const restoreMs = (4_000 / 12) * 1_000;
  expect(quick?.phaseMs('restore data')).toBeCloseTo(restoreMs, -2);
  expect(slow?.phaseMs('restore data')).toBeCloseTo(2 * restoreMs, -2);
  const longerMs = (slow?.durationMs ?? 0) - (quick?.durationMs ?? 0);
  expect(longerMs).toBeGreaterThan(restoreMs - 2 * MINUTE_MS);
  expect(longerMs).toBeLessThan(restoreMs + 2 * MINUTE_MS);
});

/** A build that leaks connections, pushed by a person to all of a region; its people are quick but for the diagnosis. */
function aPush(figures: Readonly<Record<string, unknown>>): string {
  return smallScenario({
    minutes: 120,
    properly: { build: 'pricing-tiered-quotes-fixed', live: 'pricing/na' },
    parts: {
      metadata: { id: 'small-push', title: 'A push spreads' },
      agent: {
        ...{ id: 'operator-3', kind: 'person', aiAssisted: false, level: 'mid' },
        roles: ['configuration-operator'],
        task: 'Turn on tiered quotes',
      },
      steps: [
        {
          id: 'push',
          at: '5m',
          door: 'configuration',
          verb: 'config.push',
          resource: 'pricing/na',
          params: { set: { build: 'pricing-tiered-quotes' } },
          because: 'The sale has begun',
        },
      ],
      forbidden: [],
    },
    figures: {
      steadyState: [{ journey: 'view-price', region: 'na', atLeast: '90%' }],
      'shoppers.perSecond.na': 0.1,
      'shoppers.perSecond.eu': 0.005,
      'shoppers.perSecond.cn-north-1': 0.005,
      'people.responders.watchRepair.median': '5m',
      'people.responders.diagnoseAgain.median': '5m',
      'people.responders.decide.median': '2m',
      'people.responders.prepareDataRepair.median': '5m',
      'people.responders.diagnoseUndocumented.median': '15m',
      'services.pricing.cacheEntries': 3_600_000,
      'dataRepair.modelledRowsPerRow': 100,
      ...figures,
    },
  });
}

test('a diagnosis that takes longer makes the outage of a push longer, and how far a leak reaches follows the connection limit', async () => {
  const [normal, puzzled, roomy] = await Promise.all([
    measureUnguarded(aPush({})),
    measureUnguarded(aPush({ 'people.responders.diagnoseUndocumented.median': '45m' })),
    measureUnguarded(aPush({ 'database.connectionLimit': 300 })),
  ]);
  const quick = outageOf(normal, 'view-price', 'na');
  const slow = outageOf(puzzled, 'view-price', 'na');
  const diagnosisMs = slow.phaseMs('diagnosis') - quick.phaseMs('diagnosis');
  expect(diagnosisMs).toBeGreaterThan(20 * MINUTE_MS);
  expect(slow.durationMs - quick.durationMs).toBeGreaterThan(diagnosisMs - 5 * MINUTE_MS);
  expect(slow.durationMs - quick.durationMs).toBeLessThan(diagnosisMs + 5 * MINUTE_MS);

  // Accounts and the cost tool call neither pricing nor each other: the region's one database server is all they share.
  const reached = (score: ArmScore) =>
    ['pricing/na', 'accounts/na', 'cost-explorer/na', 'accounts/eu'].filter(cell =>
      score.harm?.cellsAffected.includes(cell),
    );
  expect(reached(normal)).toEqual(['pricing/na', 'accounts/na', 'cost-explorer/na']);
  expect(reached(roomy)).toEqual(['pricing/na']);
});
