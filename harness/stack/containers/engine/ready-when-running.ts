import type { WaitStrategy } from 'testcontainers';

/** A container that runs is ready: testcontainers would look for open ports, from inside and outside. */
export function readyWhenRunning(): WaitStrategy {
  let limitMs: number | null = null;
  const strategy: WaitStrategy = {
    waitUntilReady: async () => {},
    withStartupTimeout: startupTimeoutMs => {
      limitMs = startupTimeoutMs;
      return strategy;
    },
    isStartupTimeoutSet: () => limitMs !== null,
    getStartupTimeout: () => limitMs ?? 0,
  };
  return strategy;
}
