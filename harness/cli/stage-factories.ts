import { availableParallelism, tmpdir } from 'node:os';
import { HarnessError } from '../kernel/errors.ts';
import type { Plan } from '../plan/plan.ts';
import { createLiveStage, type LiveStageDeps } from '../run/live/live-stage.ts';
import { createSeededSimStage } from '../run/sim-stage.ts';
import type { StageFactory } from '../run/stage.ts';
import { sweepFolders } from '../stack/containers/sweep/owned-folders.ts';
import { thisMachine } from '../stack/containers/sweep/owner.ts';
import type { SeedCache } from '../stack/sim/seed-cache.ts';
import type { ArmsAtOnce } from './arm-pool.ts';
import { createBrowserShopper } from './browser-shopper.ts';
import type { BrowserUse } from './browser-use.ts';
import { createRealClock } from './real-clock.ts';

export type StackKind = Plan['stack'];

export interface StageOptions {
  /** What earlier simulations of this thread filled their databases with. */
  readonly seeds: SeedCache;
  /** Least real time of one sample of a live stack, ms. */
  readonly sampleMs: number;
  /** The arm's journal file; null when it is kept in memory. */
  readonly journalPath: string | null;
  /** Null: nobody comes with a browser. */
  readonly browser: BrowserUse | null;
}

interface StackEntry {
  readonly createStages: (options: StageOptions) => StageFactory;
  readonly armsAtOnce: () => Promise<ArmsAtOnce>;
}

/** Every stack that this version can run on. Each loads its own machinery only when an arm starts on it. */
const STACKS: Readonly<Partial<Record<StackKind, StackEntry>>> = {
  sim: {
    createStages: ({ seeds }) => createSeededSimStage(seeds),
    armsAtOnce: async () => allAtOnce(availableParallelism()),
  },
  local: {
    createStages: liveStages(async (world, rng, real) => {
      const { startLocalStack } = await import('../stack/local/local-stack.ts');
      return startLocalStack({ world, rng, real });
    }),
    // They mostly wait, whatever the cores.
    armsAtOnce: async () => allAtOnce(Math.max(4, availableParallelism())),
  },
  containers: {
    createStages: liveStages(async (world, rng, real, journalPath) => {
      const { startContainersArm } = await import('./containers-stage.ts');
      return startContainersArm({ world, rng, real, journalPath });
    }),
    armsAtOnce: async () => {
      const { containersAtOnce, engineSize } = await import('./containers-at-once.ts');
      return containersAtOnce(await engineSize(process.env.DOCKER_HOST));
    },
  },
};

/** Makes stages of that kind. Throws a `usage` error for one that this version does not have. */
export function createStages(kind: StackKind, options: StageOptions): StageFactory {
  return entryOf(kind).createStages(options);
}

/** How many arms of a run there may be at once on this machine. */
export function armsAtOnce(kind: StackKind): Promise<ArmsAtOnce> {
  return entryOf(kind).armsAtOnce();
}

function allAtOnce(living: number): ArmsAtOnce {
  return { living, starting: living };
}

/** Reads what `--stack` says. Throws a `usage` error that names the legal kinds. */
export function stackKindOf(text: string): StackKind {
  const kind = (Object.keys(STACKS) as StackKind[]).find(name => name === text);
  if (kind !== undefined) return kind;
  throw new HarnessError('usage', {
    message: `could not use the stack "${text}": there is none of that name`,
    hint: `Say one of: ${Object.keys(STACKS).join(', ')}. Left out, it is sim, the embedded simulation.`,
  });
}

function entryOf(kind: StackKind): StackEntry {
  return STACKS[stackKindOf(kind)] as StackEntry;
}

type StartLive = (
  ...args: [
    ...Parameters<LiveStageDeps['startStack']>,
    real: LiveStageDeps['real'],
    journalPath: StageOptions['journalPath'],
  ]
) => ReturnType<LiveStageDeps['startStack']>;

/** One real clock for the stack and for the shoppers who visit it. */
function liveStages(start: StartLive): StackEntry['createStages'] {
  return ({ sampleMs, journalPath, browser: use }) => {
    const real = createRealClock();
    const browser = use === null ? undefined : createBrowserShopper({ use, journalPath, real });
    const startStack: LiveStageDeps['startStack'] = (world, rng) => {
      // What a killed run's browser left; the engine is swept by whoever uses it.
      sweepFolders(tmpdir(), { of: 'dead' }, { machine: thisMachine(), dryRun: false });
      return start(world, rng, real, journalPath);
    };
    return createLiveStage({ startStack, real, sampleMs, browser });
  };
}
