import { type OutlinedArm, outlineSuite } from '../cli/arm-plans.ts';
import type { Workspace } from '../cli/workspace.ts';
import { openBenchWorkspace } from './bench-plan.ts';
import { type Figure, round } from './figure.ts';
import { runSweep } from './run-sweep.ts';

export interface SweepSize {
  /** Seeds of the sweep through one and through two workers. */
  readonly sweepSeeds: number;
  /** Seeds of the sweeps whose memory is compared. */
  readonly fewSeeds: number;
  readonly manySeeds: number;
}

/** What a sweep in a process of its own took. */
export interface MeasuredSweep {
  readonly peakRssMb: number;
}

const PROFILE = 'defence-in-depth';
const HORIZON_MS = 75 * 60_000;
const PER_SECOND = 0.05;

/** Scored seeds a minute: four arms each, run, read and reduced. Stops when the two scorecards differ. */
export async function sweepFigure({ sweepSeeds }: SweepSize): Promise<Figure> {
  const workspace = await openBenchWorkspace();
  const arms = sweepArms(workspace, sweepSeeds);
  const one = await runSweep({ workspace, profile: PROFILE, arms, workers: 1 });
  const two = await runSweep({ workspace, profile: PROFILE, arms, workers: 2 });
  if (JSON.stringify(one.card) !== JSON.stringify(two.card))
    throw new Error('one and two workers gave different scorecards');
  const perMinute = (wallMs: number) => round((sweepSeeds * 60_000) / wallMs, 1);
  const ratio = one.wallMs / two.wallMs;
  return {
    name: `sweep of ${sweepSeeds} seeds, run and scored: seeds a minute through two workers, against one`,
    value: perMinute(two.wallMs),
    unit: 'seeds/min',
    floor: perMinute(one.wallMs),
    ratio: round(ratio),
    target: 'ratio >= 1.7',
    met: ratio >= 1.7,
  };
}

/** Memory of the whole process, threads included, over many seeds and over few. */
export function sweepMemoryFigure(
  { fewSeeds, manySeeds }: SweepSize,
  inOwnProcess: (seeds: number) => MeasuredSweep,
): Figure {
  const few = inOwnProcess(fewSeeds).peakRssMb;
  const many = inOwnProcess(manySeeds).peakRssMb;
  return {
    name: `peak memory of a sweep of ${manySeeds} seeds, against ${fewSeeds} seeds`,
    value: round(many, 0),
    unit: 'MB',
    floor: round(few, 0),
    ratio: round(many / few),
    target: 'ratio < 1.2',
    met: many / few < 1.2,
  };
}

export async function measureSweep(seeds: number): Promise<MeasuredSweep> {
  const workspace = await openBenchWorkspace();
  await runSweep({ workspace, profile: PROFILE, arms: sweepArms(workspace, seeds), workers: 1 });
  return { peakRssMb: process.resourceUsage().maxRSS / 1_024 };
}

/** The replay of a deletion, short and with few shoppers; what it finds does not matter here. */
function sweepArms(workspace: Workspace, seeds: number): OutlinedArm[] {
  const { catalogue } = workspace;
  const scenarios = catalogue
    .all('Scenario')
    .filter(({ value }) => value.record !== undefined && value.metadata.tags.includes('deletion'))
    .slice(0, 1);
  const profile = catalogue.find('Profile', PROFILE);
  const names = Array.from({ length: seeds }, (_, index) => String(index + 1));
  const arms = outlineSuite({ scenarios, profile, seeds: names, ordinary: false }, workspace);
  return arms.map(arm => ({ ...arm, horizonMs: HORIZON_MS, plan: () => shortened(arm) }));
}

function shortened(arm: OutlinedArm): ReturnType<OutlinedArm['plan']> {
  const plan = arm.plan();
  const perSecond = Object.fromEntries(plan.world.regions.map(region => [region, PER_SECOND]));
  const shoppers = { ...plan.world.shoppers, perSecond };
  return {
    ...plan,
    horizonMs: HORIZON_MS,
    world: { ...plan.world, horizon: HORIZON_MS, shoppers },
  };
}
