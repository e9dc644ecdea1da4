import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Largest young generation of a thread that runs arms, MB. Left to itself it takes four times as much and is no faster. */
export const YOUNG_GENERATION_MB = 12;

/** What a thread's heap may reach before it is cleared between two arms; what is live of it is a third. */
const MOST_BYTES = 96 * 2 ** 20;

/**
 * Clears the thread's heap when it has grown, to be called between two arms. Left alone, the engine lets garbage grow for
 * hundreds of megabytes in each thread before it looks, so that a sweep's memory would climb with its seeds.
 */
export function createHeapKeeper(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    if (getHeapStatistics().used_heap_size > MOST_BYTES) collect();
  };
}
