import type { Clock } from './clock.ts';

/** The promise's value, or `late` once `limitMs` of the clock's time have passed without one. */
export function settleWithin<T>(
  clock: Pick<Clock, 'nowMs' | 'at'>,
  promise: Promise<T>,
  limitMs: number,
): Promise<{ readonly late: false; readonly value: T } | { readonly late: true }> {
  return new Promise((resolve, reject) => {
    const cancel = clock.at(clock.nowMs() + limitMs, () => resolve({ late: true }));
    promise.then(
      value => {
        cancel();
        resolve({ late: false, value });
      },
      error => {
        cancel();
        reject(error);
      },
    );
  });
}
