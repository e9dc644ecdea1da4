import type { Deciders } from '../ports/deciders.ts';
import type { RunContext } from '../ports/run-context.ts';
import type { World } from '../scenario/world-schema.ts';

/** The parts of a run's context that people live by. */
export type PeopleContext = Pick<RunContext, 'clock' | 'rng' | 'journal'> & {
  readonly world: Pick<
    World,
    'people' | 'alarms' | 'persons' | 'services' | 'watchedTables' | 'regions' | 'horizon'
  >;
  /** Left out: everybody is simulated. */
  readonly deciders?: Deciders | undefined;
};
