import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Rng } from '../kernel/rng.ts';
import type { World } from '../scenario/world-schema.ts';

/** A clock on which work can run beside its caller; an error in such work ends the run. */
export interface WorldClock extends Clock {
  spawn(work: () => Promise<unknown>): void;
}

/** What every part of a run is given. */
export interface RunContext {
  readonly clock: WorldClock;
  readonly rng: Rng;
  readonly journal: Journal;
  readonly world: World;
}
