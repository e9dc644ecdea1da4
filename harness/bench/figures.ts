import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ArmPool } from '../cli/arm-pool.ts';
import { projectRoot } from '../cli/workspace.ts';
import { type BenchRequest, benchPlan, openBenchWorkspace } from './bench-plan.ts';
import { type Figure, median, round } from './figure.ts';
import { timeFloor } from './floor.ts';
import type { MeasuredArm } from './one-arm.ts';
import { recordVisits, type Visit } from './record-visits.ts';
import { runBenchArm } from './run-bench-arm.ts';

export interface BenchSize {
  /** World time of the replay, ms. */
  readonly replayMs: number;
  /** World time of the arms that make about ten thousand requests and the most, ms. */
  readonly fewMs: number;
  readonly manyMs: number;
  /** Seeds that are run in parallel, and how long each lives. */
  readonly seeds: number;
  readonly seedMs: number;
}

/** Runs arms in a process of their own, so that memory and warmth are theirs. */
export type InOwnProcess = (requests: readonly BenchRequest[]) => MeasuredArm[];

/** The replay against the same visits in a bare loop. Both are timed twice in one process, and the second time counts. */
export async function replayFigure({ replayMs }: BenchSize): Promise<Figure> {
  const workspace = await openBenchWorkspace();
  const plan = benchPlan(workspace, { arm: 'unguarded', horizonMs: replayMs, perSecond: 1 });
  const visits: Visit[] = [];
  await runBenchArm(workspace, plan, stage => recordVisits(stage, visits));
  // What got no answer in the run never reached an app; in the bare loop nothing is ever missing.
  const answered = visits.filter(({ status }) => status > 0 && status < 500);
  await timeFloor(workspace, answered.slice(0, 5_000));
  const floor = await timeFloor(workspace, answered);
  const arm = await runBenchArm(workspace, plan);
  const ratio = arm.cpuMs / arm.requests / (floor.cpuMs / floor.requests);
  const shares = `${arm.requests} requests against ${floor.requests}, ${floor.different} visits answered differently`;
  return {
    name: `replay of ${replayMs / 3_600_000} h, one shopper a second per region: processor time per request (${shares})`,
    value: round((arm.cpuMs * 1_000) / arm.requests),
    unit: 'us',
    floor: round((floor.cpuMs * 1_000) / floor.requests),
    ratio: round(ratio),
    target: 'ratio <= 1.5',
    met: ratio <= 1.5,
  };
}

export function memoryFigures({ replayMs }: BenchSize, inOwnProcess: InOwnProcess): Figure[] {
  const request = { arm: 'unguarded', horizonMs: replayMs } as const;
  const [little] = inOwnProcess([{ ...request, perSecond: 0.1 }]);
  const [much] = inOwnProcess([{ ...request, perSecond: 1 }]);
  if (little === undefined || much === undefined) throw new Error('an arm was not measured');
  const ratio = much.peakRssMb / little.peakRssMb;
  return [
    {
      name: 'peak memory of that arm in a process of its own (resident, heap included)',
      value: round(much.peakRssMb, 0),
      unit: 'MB',
      floor: null,
      ratio: null,
      target: 'value <= 300',
      met: much.peakRssMb <= 300,
    },
    {
      name: 'peak memory with ten times the traffic, against a tenth of it over the same world time',
      value: round(much.peakRssMb, 0),
      unit: 'MB',
      floor: round(little.peakRssMb, 0),
      ratio: round(ratio),
      target: 'ratio < 1.2',
      met: ratio < 1.2,
    },
  ];
}

/** The same arm short and long, in one process that is warm. */
export function growthFigure({ fewMs, manyMs }: BenchSize, inOwnProcess: InOwnProcess): Figure {
  const request = (horizonMs: number): BenchRequest => ({ arm: 'calm', horizonMs, perSecond: 1 });
  const [, few, alsoFew, many] = inOwnProcess([fewMs, fewMs, fewMs, manyMs].map(request));
  if (few === undefined || alsoFew === undefined || many === undefined)
    throw new Error('an arm was not measured');
  const perFew = Math.min(few.cpuMs / few.requests, alsoFew.cpuMs / alsoFew.requests);
  const perMany = many.cpuMs / many.requests;
  const ratio = perMany / perFew;
  return {
    name: `processor time per request over ${many.requests} requests, against ${few.requests}`,
    value: round(perMany * 1_000),
    unit: 'us',
    floor: round(perFew * 1_000),
    ratio: round(ratio),
    target: 'ratio <= 1.1',
    met: ratio <= 1.1,
  };
}

/** The same seeds through one worker and through two. Each pool runs one arm per worker before the clock starts. */
export async function parallelFigure({ seeds, seedMs }: BenchSize): Promise<Figure> {
  const workspace = await openBenchWorkspace();
  const job = (seed: number) => ({
    plan: benchPlan(workspace, { arm: 'calm', horizonMs: seedMs, perSecond: 0.2, seed: String(seed) }),
    buildFolders: workspace.buildFolders,
    moduleFolder: '.',
    journalPath: null,
    untilHarmless: false,
  });
  const time = async (workers: number) => {
    const pool = new ArmPool(workers);
    await Promise.all(Array.from({ length: workers }, () => pool.run(job(0))));
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: seeds }, (_, seed) => pool.run(job(seed + 1))));
    const wallMs = performance.now() - startedMs;
    await pool.close();
    return wallMs;
  };
  const oneMs = await time(1);
  const twoMs = await time(2);
  return {
    name: `${seeds} seeds through two workers, against one`,
    value: round(twoMs, 0),
    unit: 'ms',
    floor: round(oneMs, 0),
    ratio: round(oneMs / twoMs),
    target: 'ratio >= 1.8',
    met: oneMs / twoMs >= 1.8,
  };
}

/** The command line's start, as it is installed. */
export function helpFigure(): Figure {
  const bin = join(projectRoot(), 'dist/harness/cli/bin.js');
  if (!existsSync(bin)) throw new Error(`could not time --help: there is no ${bin}; run npm run build first`);
  const time = (args: readonly string[]) => {
    const startedMs = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(status)}`);
    return performance.now() - startedMs;
  };
  const times = Array.from({ length: 9 }, () => ({
    help: time([bin, '--help']),
    nothing: time(['-e', '0']),
  }));
  const helpMs = median(times.map(({ help }) => help));
  const floorMs = median(times.map(({ nothing }) => nothing));
  return {
    name: 'brakecheck --help, against node -e 0 (medians of 9)',
    value: round(helpMs, 0),
    unit: 'ms',
    floor: round(floorMs, 0),
    ratio: round(helpMs / floorMs),
    target: 'ratio <= 3',
    met: helpMs / floorMs <= 3,
  };
}
