import { HarnessError } from '../../kernel/errors.ts';
import type { AdapterLoader } from '../create-chain.ts';
import type { AdapterDefinition } from './adapter.ts';
import { type AdapterSeatDeps, createAdapterSeat } from './adapter-seat.ts';

export interface AdapterLoaderOptions extends AdapterSeatDeps {
  readonly definitions: ReadonlyMap<string, AdapterDefinition>;
  /** Lets go of what `outside` holds. */
  readonly close: () => Promise<void>;
}

/** Seats adapters that ask the user's services and programs afresh. */
export function createAdapterLoader({ definitions, close, ...deps }: AdapterLoaderOptions): AdapterLoader {
  return {
    names: [...definitions.keys()],
    load: async entry => {
      const definition = definitions.get(entry.use);
      if (definition !== undefined) return createAdapterSeat(definition, entry, deps);
      throw new HarnessError('bug', {
        message: `could not seat "${entry.id}": there is no adapter ${entry.use}`,
      });
    },
    close,
  };
}
