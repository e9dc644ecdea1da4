/** A signal that aborts with the first of several, until it is released. */
export interface EitherSignal {
  readonly signal: AbortSignal;
  release(): void;
}

/**
 * What `AbortSignal.any` does, without its price: there, a listener that never hears anything is kept for as long as the
 * process lives, and with it all that it knows. A simulation that ends during a wait leaves such listeners behind.
 */
export function eitherSignal(signals: readonly AbortSignal[]): EitherSignal {
  const controller = new AbortController();
  const listeners = signals.map(signal => ({ signal, abort: () => controller.abort(signal.reason) }));
  for (const { signal, abort } of listeners) {
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: controller.signal,
    release: () => {
      for (const { signal, abort } of listeners) signal.removeEventListener('abort', abort);
    },
  };
}
