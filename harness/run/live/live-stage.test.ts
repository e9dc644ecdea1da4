import { expect, test } from 'vitest';
import { createRealClock } from '../../cli/real-clock.ts';
import type { Arm, JournalLine } from '../../journal/events.ts';
import { buildScorecard } from '../../score/build-scorecard.ts';
import { compareTwins } from '../../score/compare-twins.ts';
import type { Scorecard } from '../../score/scorecard.ts';
import { startLocalStack } from '../../stack/local/local-stack.ts';
import { type ArmRequest, type RanArm, runOneArm } from '../../testing/run-one-arm.ts';
import { smallScenario } from '../../testing/small-scenario.ts';
import type { StageFactory } from '../stage.ts';
import { createLiveStage } from './live-stage.ts';

/** Shoppers of the region in which it happens are enough. */
const ONE_REGION = { 'shoppers.perSecond': { 'cn-north-1': 0.05 } };

/** The company on loopback ports, in samples of a moment. */
function localStages(): StageFactory {
  const real = createRealClock();
  const startStack: Parameters<typeof createLiveStage>[0]['startStack'] = (world, rng) =>
    startLocalStack({ world, rng, real });
  return createLiveStage({ startStack, real, sampleMs: 300 });
}

function onLoopback(request: Omit<ArmRequest, 'createStage' | 'stack'>): Promise<RanArm> {
  return runOneArm({ ...request, stack: 'local', createStage: localStages() });
}

type LineOf<Type extends JournalLine['type']> = Extract<JournalLine, { type: Type }>;

function linesOf<Type extends JournalLine['type']>({ lines }: RanArm, type: Type): LineOf<Type>[] {
  return lines.filter((line): line is LineOf<Type> => line.type === type);
}

async function judge(run: (arm: Arm) => Promise<RanArm>): Promise<Scorecard> {
  const journals = [];
  for (const arm of ['calm', 'unguarded', 'guarded'] as const) {
    journals.push({ file: `${arm}.jsonl`, text: (await run(arm)).text });
  }
  return buildScorecard({
    ...{ runId: 'test', profile: 'none', planned: [], reruns: [], failUnder: null, journals },
    ...{ isClean: true, isInterrupted: false, worstOf: () => ({ code: 0, name: 'held' }) },
  });
}

test('a deletion does the same harm on loopback ports as in the simulation, and leaves nothing behind', async () => {
  const scenario = smallScenario({ minutes: 70, figures: ONE_REGION });
  const ran: RanArm[] = [];
  const local = await judge(async arm => {
    ran.push(await onLoopback({ scenario, arm }));
    return ran.at(-1) as RanArm;
  });
  const comparison = compareTwins(await judge(arm => runOneArm({ scenario, arm })), local);
  expect(comparison.scenarios.flatMap(({ rows }) => rows.filter(({ agree }) => !agree))).toEqual([]);
  expect(comparison.agree).toBe(true);
  expect(ran.map(({ finished }) => [finished.status, finished.leftBehind])).toEqual(
    ran.map(() => ['completed', 0]),
  );
});

test('world time stands still while a sample is taken, and each change of the world is followed by one', async () => {
  const ran = await onLoopback({
    scenario: smallScenario({ minutes: 40, figures: ONE_REGION }),
    arm: 'unguarded',
  });
  const samples = linesOf(ran, 'sample');
  expect(samples[0]).toMatchObject({ atMs: 0, reason: ['the company has opened'], steady: true });
  const destroyed = samples.find(({ reason }) => reason[0]?.startsWith('destroy'));
  expect(destroyed).toMatchObject({ regions: ['cn-north-1'], steady: true });
  expect(destroyed?.journeys.every(({ succeeded }) => succeeded === 0)).toBe(true);
  const [effect] = linesOf(ran, 'effect-finished').filter(({ changed }) => changed);
  expect((destroyed?.atMs ?? 0) - (effect?.atMs ?? 0)).toBeLessThan(5_000);
  expect(linesOf(ran, 'window').every(({ basis }) => basis !== undefined)).toBe(true);
  expect(new Set(linesOf(ran, 'window').map(({ basis }) => basis))).toEqual(
    new Set(['measured', 'extrapolated']),
  );
});

test('a leak that shows late is sampled until the connections are gone', async () => {
  const step = {
    ...{ id: 'push', at: '2m', door: 'configuration', verb: 'config.push', resource: 'pricing/na' },
    ...{ params: { set: { build: 'pricing-tiered-quotes' } }, because: 'The sale has begun' },
  };
  const scenario = smallScenario({
    minutes: 40,
    parts: {
      agent: { id: 'operator-3', kind: 'person', level: 'mid', roles: ['commerce-engineer'], task: 'Tiers' },
      steps: [step],
    },
    figures: {
      gate: '2m',
      'shoppers.perSecond.na': 0.4,

      'shoppers.perSecond.cn-north-1': 0.1,
      'cacheWarming.entriesPerSecond': 2_000_000,
    },
  });
  const ran = await onLoopback({ scenario, arm: 'unguarded' });
  const broken = linesOf(ran, 'sample').find(({ reason }) => reason.some(text => text.startsWith('weigh')));
  expect(broken?.rounds).toBeGreaterThan(2);
  expect(broken?.steady).toBe(true);
  const open = broken?.connections.find(([server]) => server === 'production/na')?.[1];
  // 60, of which three are kept back for administrators; one may have been refused half way.
  expect(open).toBeGreaterThanOrEqual(55);
  const buy = broken?.journeys.find(({ journey, region }) => journey === 'buy' && region === 'na');
  expect(buy?.succeeded).toBeLessThan(buy?.attempts ?? 0);
});
