import type { Rng } from '../kernel/rng.ts';
import type { WorldClock } from '../ports/run-context.ts';
import type { StartedStack } from '../ports/stack.ts';
import type { World } from '../scenario/world-schema.ts';

/** Why a stage stopped moving time. */
type StageStop = 'reached' | 'stop-requested' | 'bound';

/** A stack together with the time it lives in: virtual in `sim`, real with skipped waits on the live stacks. */
export interface Stage {
  readonly clock: WorldClock;
  readonly stack: StartedStack;
  /** Lets world time pass until `untilMs`, or until a stop is requested. */
  advance(untilMs: number, stopRequested: () => boolean): Promise<StageStop>;
  /** Lets just enough world time pass for this work to end: for setting up and taking stock. */
  perform<T>(work: () => Promise<T>): Promise<T>;
  /** Holds world time while somebody outside answers. */
  waitOutside<T>(answer: Promise<T>): Promise<T>;
}

export type StageFactory = (world: World, rng: Rng) => Stage;
