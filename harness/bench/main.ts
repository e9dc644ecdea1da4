import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchRequest } from './bench-plan.ts';
import type { Figure } from './figure.ts';
import {
  type BenchSize,
  growthFigure,
  helpFigure,
  memoryFigures,
  parallelFigure,
  replayFigure,
} from './figures.ts';
import { type MeasuredArm, measureArms } from './one-arm.ts';

/** The figures of DESIGN section 9 that concern `sim`: JSON alone on stdout, progress on stderr. `--quick` for a short version. */
const HOUR_MS = 3_600_000;

const FULL: BenchSize = {
  replayMs: 13 * HOUR_MS,
  fewMs: 0.75 * HOUR_MS,
  manyMs: 14.5 * HOUR_MS,
  seeds: 8,
  seedMs: 2 * HOUR_MS,
};
const QUICK: BenchSize = {
  replayMs: HOUR_MS,
  fewMs: 0.75 * HOUR_MS,
  manyMs: 2 * HOUR_MS,
  seeds: 4,
  seedMs: HOUR_MS,
};

const ARMS_FLAG = '--arms';

const [flag, value] = process.argv.slice(2);
if (flag === ARMS_FLAG && value !== undefined) {
  process.stdout.write(JSON.stringify(await measureArms(JSON.parse(value) as BenchRequest[])));
} else {
  const figures = await measureAll(flag === '--quick' ? QUICK : FULL);
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}

async function measureAll(size: BenchSize): Promise<Figure[]> {
  const figures: Figure[] = [];
  const steps: readonly (() => Promise<readonly Figure[]>)[] = [
    async () => [helpFigure()],
    async () => [await replayFigure(size)],
    async () => memoryFigures(size, inOwnProcess),
    async () => [growthFigure(size, inOwnProcess)],
    async () => [await parallelFigure(size)],
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

function inOwnProcess(requests: readonly BenchRequest[]): MeasuredArm[] {
  const args = [fileURLToPath(import.meta.url), ARMS_FLAG, JSON.stringify(requests)];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`the process of an arm ended with ${String(status)}`);
  return JSON.parse(stdout) as MeasuredArm[];
}
