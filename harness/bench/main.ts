import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchRequest } from './bench-plan.ts';
import { type DecisionSize, decisionFigures } from './decision-figures.ts';
import type { Figure } from './figure.ts';
import {
  type BenchSize,
  growthFigure,
  helpFigure,
  memoryFigures,
  parallelFigure,
  replayFigure,
} from './figures.ts';
import { journalFigures } from './journal-figures.ts';
import { containersFigures, localFigure } from './live-figures.ts';
import { type MeasuredArm, measureArms } from './one-arm.ts';
import {
  type MeasuredSweep,
  measureSweep,
  type SweepSize,
  sweepFigure,
  sweepMemoryFigure,
} from './sweep-figures.ts';

/** The figures of DESIGN section 9, and the adapters' decisions a second; those of containers only where there is an engine: JSON alone on stdout, progress on stderr. `--quick` for a short version. */
const HOUR_MS = 3_600_000;

type Size = BenchSize & SweepSize & DecisionSize & { readonly journalEvents: number };

const FULL: Size = {
  decisions: 1_000,
  journalEvents: 1_000_000,
  replayMs: 13 * HOUR_MS,
  fewMs: 0.75 * HOUR_MS,
  manyMs: 14.5 * HOUR_MS,
  seeds: 8,
  seedMs: 2 * HOUR_MS,
  sweepSeeds: 20,
  fewSeeds: 10,
  manySeeds: 100,
};
const QUICK: Size = {
  decisions: 200,
  journalEvents: 1_000_000,
  replayMs: HOUR_MS,
  fewMs: 0.75 * HOUR_MS,
  manyMs: 2 * HOUR_MS,
  seeds: 4,
  seedMs: HOUR_MS,
  sweepSeeds: 6,
  fewSeeds: 5,
  manySeeds: 25,
};

const SWEEP_FLAG = '--sweep';
const ARMS_FLAG = '--arms';
const THIS_FILE = fileURLToPath(import.meta.url);

const [flag, value] = process.argv.slice(2);
if (flag === ARMS_FLAG && value !== undefined) {
  process.stdout.write(JSON.stringify(await measureArms(JSON.parse(value) as BenchRequest[])));
} else if (flag === SWEEP_FLAG && value !== undefined) {
  process.stdout.write(JSON.stringify(await measureSweep(Number(value))));
} else {
  const figures = await measureAll(flag === '--quick' ? QUICK : FULL);
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}

async function measureAll(size: Size): Promise<Figure[]> {
  const figures: Figure[] = [];
  const steps: readonly (() => Promise<readonly Figure[]>)[] = [
    async () => [helpFigure()],
    () => journalFigures(size),
    async () => decisionFigures(size),
    async () => [await localFigure()],
    withContainers,
    async () => [await replayFigure(size)],
    async () => memoryFigures(size, inOwnProcess),
    async () => [growthFigure(size, inOwnProcess)],
    async () => [await parallelFigure(size)],
    async () => [await sweepFigure(size)],
    async () => [
      sweepMemoryFigure(size, seeds => inProcess(THIS_FILE, SWEEP_FLAG, String(seeds)) as MeasuredSweep),
    ],
  ];
  for (const step of steps) {
    for (const figure of await step()) {
      figures.push(figure);
      process.stderr.write(
        `${figure.met ? 'met    ' : 'not met'} ${figure.name}: ${figure.value} ${figure.unit}\n`,
      );
    }
  }
  return figures;
}

/** A figure that could not be taken is said, and is no figure. */
async function withContainers(): Promise<readonly Figure[]> {
  const figures = await containersFigures();
  if (!('skipped' in figures)) return figures;
  process.stderr.write(`skipped ${figures.skipped}\n`);
  return [];
}

function inOwnProcess(requests: readonly BenchRequest[]): MeasuredArm[] {
  return inProcess(THIS_FILE, ARMS_FLAG, JSON.stringify(requests)) as MeasuredArm[];
}

/** What the process writes to standard output, as JSON. */
function inProcess(...args: readonly string[]): unknown {
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`a process of its own ended with ${String(status)}: ${args[0]}`);
  return JSON.parse(stdout) as unknown;
}
