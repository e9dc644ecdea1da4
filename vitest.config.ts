import { defineConfig } from 'vitest/config';

const exclude = ['node_modules', 'dist', 'fixtures/broken/**'];

/**
 * `*.live.test.ts` go on real time, with ports, containers, a browser or processes that are killed. They would take the
 * processor from one another, so they run one file at a time, after all others: `npm test -- --project quick` leaves them out.
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
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'live',
          include: ['harness/**/*.live.test.ts'],
          exclude,
          testTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
