import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { GuestLoader } from '../create-chain.ts';
import type { RealDeadline } from './guest-thread.ts';
import { createWorkerSeat } from './worker-seat.ts';

export interface GuestLoaderOptions {
  readonly realDeadline: RealDeadline;
  /** Holds virtual time until a guest has answered: `VirtualClock.waitOutside`. */
  readonly waitOutside: <T>(answer: Promise<T>) => Promise<T>;
  /** Folder from which relative paths count; left out, the working folder. */
  readonly baseDir?: string;
}

/** Loads users' modules (`.js`, `.mjs`, `.ts`), each entry in a thread of its own, started when it is loaded. */
export function createGuestLoader({ realDeadline, waitOutside, baseDir }: GuestLoaderOptions): GuestLoader {
  return {
    load: entry => {
      const moduleUrl = pathToFileURL(resolve(baseDir ?? '.', entry.use)).href;
      return createWorkerSeat({ entry, moduleUrl, realDeadline, waitOutside });
    },
  };
}
