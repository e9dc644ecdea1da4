import type { SlotId } from '../ports/stack.ts';
import { EffectError } from './effect-error.ts';

/** Most changes that wait for one slot; the next one is told so. */
const MAX_WAITING = 8;

type Release = () => void;

/** Changes to one slot come one after the other, in the order of their asking. */
export interface SlotLocks {
  /** Resolves when all the slots are held. Rejects when one queue is full, or with the signal's reason when it aborts first. */
  acquire(slots: readonly SlotId[], signal?: AbortSignal): Promise<Release>;
}

export function createSlotLocks(): SlotLocks {
  const queues: Queues = new Map();
  return {
    acquire: async (slots, signal) => {
      // Always in the same order, so that two changes of several slots cannot wait for each other.
      const wanted = [...new Set(slots)].sort();
      const full = wanted.find(slot => (queues.get(slot)?.length ?? 0) >= MAX_WAITING);
      if (full !== undefined) {
        throw new EffectError(
          `could not start: ${MAX_WAITING} changes already wait for ${full}; try again later`,
        );
      }
      const held: SlotId[] = [];
      try {
        for (const slot of wanted) {
          await acquireOne(queues, slot, signal);
          held.push(slot);
        }
      } catch (error) {
        for (const slot of held) release(queues, slot);
        throw error;
      }
      return () => {
        for (const slot of held.splice(0)) release(queues, slot);
      };
    },
  };
}

/** Who waits for each slot that is held; a slot that nobody holds has no queue. */
type Queues = Map<SlotId, (() => void)[]>;

function acquireOne(queues: Queues, slot: SlotId, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const queue = queues.get(slot);
  if (queue === undefined) {
    queues.set(slot, []);
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      queue.splice(queue.indexOf(take), 1);
      reject(signal?.reason);
    };
    const take = (): void => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    };
    queue.push(take);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function release(queues: Queues, slot: SlotId): void {
  const next = queues.get(slot)?.shift();
  if (next === undefined) queues.delete(slot);
  else next();
}
