import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Prints what was skipped and why, then one plain closing line with the count of all tests. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    const reasons = new Map<string, string[]>();
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        counts[test.result().state]++;
        noteSkip(test, reasons);
      }
      // A file that could not be loaded has no tests to count, and must not count as none failed.
      if (module.children.size === 0 && module.state() === 'failed') counts.failed++;
    }
    const skipped = counts.skipped + counts.pending;
    process.stdout.write(
      `${skippedWords(reasons)}\n${counts.passed} passed, ${counts.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
    );
  }
}

function noteSkip(test: TestCase, reasons: Map<string, string[]>): void {
  const result = test.result();
  if (result.state !== 'skipped') return;
  const reason = result.note ?? 'no reason was given';
  reasons.set(reason, [...(reasons.get(reason) ?? []), `${test.module.relativeModuleId}: ${test.name}`]);
}

/** What was not tested must be seen: each reason, and below it the tests. */
function skippedWords(reasons: ReadonlyMap<string, readonly string[]>): string {
  return [...reasons]
    .map(
      ([reason, tests]) => `\nNOT TESTED, since it ${reason}\n${tests.map(test => `  ${test}\n`).join('')}`,
    )
    .join('');
}
