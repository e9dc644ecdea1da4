import type { Cancel, Clock } from '../kernel/clock.ts';

/** Longest wait of one timer of the runtime: 2^31 - 1 ms. Longer waits are made of several. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Real time, in whole milliseconds since this clock was made. It never goes back, whatever the machine's date does. */
export function createRealClock(): Clock {
  const startMs = performance.now();
  const nowMs = (): number => Math.floor(performance.now() - startMs);
  const at = (atMs: number, task: () => void): Cancel => {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const restMs = Math.max(0, Math.ceil(atMs - nowMs()));
      timer = setTimeout(
        () => {
          // The runtime's timers may fire a little early, and not at all after the longest wait.
          if (nowMs() < atMs) arm();
          else task();
        },
        Math.min(restMs, LONGEST_TIMER_MS),
      );
    };
    arm();
    return () => clearTimeout(timer);
  };
  const sleep = (durationMs: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        cancel();
        reject(signal?.reason);
      };
      const cancel = at(nowMs() + durationMs, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  return { nowMs, at, sleep };
}
