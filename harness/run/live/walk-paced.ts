import type { Clock } from '../../kernel/clock.ts';
import { LOOK_EVERY_MS, pauseUntil } from './pause.ts';
import type { Walked } from './walked.ts';

export interface PacedWalk {
  readonly real: Clock;
  /** Shoppers come evenly over this real time, ms. */
  readonly overMs: number;
  /** Most shoppers on their way at once; the next one waits. */
  readonly atOnce: number;
  readonly stopRequested: () => boolean;
}

/**
 * Lets the shoppers start one after the other, at an even pace; resolves when the last one has left the shop. When a stop
 * is asked for, those on their way are left alone: what they meet counts no more.
 */
export async function walkPaced(
  walks: readonly (() => Promise<Walked>)[],
  { real, overMs, atOnce, stopRequested }: PacedWalk,
): Promise<Walked[]> {
  const walked: Walked[] = [];
  const onTheWay = new Set<Promise<void>>();
  const startedMs = real.nowMs();
  for (const [index, start] of walks.entries()) {
    const dueMs = startedMs + (overMs * index) / walks.length;
    await pauseUntil(real, dueMs, stopRequested);
    while (onTheWay.size >= atOnce && !stopRequested()) await oneMore(onTheWay, real);
    if (stopRequested()) break;
    const walk: Promise<void> = start()
      .then(result => {
        walked.push(result);
      })
      .finally(() => onTheWay.delete(walk));
    onTheWay.add(walk);
  }
  while (onTheWay.size > 0 && !stopRequested()) await oneMore(onTheWay, real);
  for (const walk of onTheWay) walk.catch(() => undefined);
  return walked;
}

/** Waits for the next shopper to leave, or a moment. */
async function oneMore(onTheWay: ReadonlySet<Promise<void>>, real: Clock): Promise<void> {
  const moment = new AbortController();
  try {
    const pause = real.sleep(LOOK_EVERY_MS, moment.signal).catch(() => undefined);
    await Promise.race([...onTheWay, pause]);
  } finally {
    moment.abort();
  }
}
