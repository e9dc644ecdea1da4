import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['harness/**/*.test.ts', 'fixtures/**/*.test.ts', 'tidy.test.ts'],
    exclude: ['node_modules', 'dist', 'fixtures/broken/**'],
    reporters: ['default', './harness/testing/closing-line-reporter.ts'],
    testTimeout: 120_000,
  },
});
