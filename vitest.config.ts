import { defineConfig } from 'vitest/config';

/** A limit is for what hangs: a busy machine of two cores may take ten times as long as one at rest. */
const LIMIT_MS = 900_000;
const exclude = ['node_modules', 'dist', 'fixtures/broken/**'];

/**
 * `*.live.test.ts` go on real time, with ports, containers, a browser or processes that are killed. They would take the
 * processor from one another, so they run one file at a time, apart from all others: `npm test -- --project quick` leaves
 * them out.
 */
export default defineConfig({
  test: {
    reporters: ['default', './harness/testing/closing-line-reporter.ts'],
    projects: [
      {
        test: {
          name: 'quick',
          include: ['harness/**/*.test.ts', 'fixtures/**/*.test.ts', 'tidy.test.ts'],
          exclude: [...exclude, '**/*.live.test.ts'],
          testTimeout: LIMIT_MS,
          hookTimeout: LIMIT_MS,
          // Left alone, one core would be kept for vitest itself, which mostly waits.
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'live',
          include: ['harness/**/*.live.test.ts'],
          exclude,
          testTimeout: LIMIT_MS,
          hookTimeout: LIMIT_MS,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
