import { expect, test } from 'vitest';
import { ARMS, testRun, UNGUARDED, withArm } from '../score/testing/test-run.ts';
import { renderJunit } from './junit.ts';
import { CASES } from './testing/cases.ts';
import { junitProblems } from './testing/check-xml.ts';

const rendered = Object.values(CASES).map(renderJunit);

test('every report is valid by the schema', async () => {
  expect(await junitProblems(rendered)).toEqual([]);
});

test.each([
  ['a count that is no number', /tests="\d+"/, 'tests="many"'],
  ['a result without a type', /<failure type="[^"]*"/, '<failure'],
  ['a case without a name', / name="rebuild: the mistake is contained"/, ''],
  ['an element that nobody reads', '<system-out>', '<remark/><system-out>'],
])('the schema refuses %s', async (_name, found, instead) => {
  const broken = renderJunit(escaped()).replace(found, instead);
  expect(await junitProblems([broken])).not.toEqual([]);
});

test('a weakness is a failure, inconclusive an error, never run skipped, and the sums agree', () => {
  const report = renderJunit(escaped());
  expect(report).toContain('<failure type="over-budget:outage"');
  expect(report).toContain('<skipped type="never-run"');
  expect(report).toContain('tests="3" failures="1" errors="0"');
  const unproven = renderJunit(CASES['no-calm-arm'] ?? testRun([]));
  expect(unproven).toContain('<error type="evidence-missing"');
  for (const text of rendered) {
    const [, tests, failures, errors, skipped] =
      /<testsuite .*tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(text) ?? [];
    const count = (tag: string) => text.match(new RegExp(`<${tag} `, 'g'))?.length ?? 0;
    expect([tests, failures, errors, skipped].map(Number)).toEqual(
      ['testcase', 'failure', 'error', 'skipped'].map(count),
    );
  }
});

test('a task that was blocked is a failure of its own', () => {
  expect(renderJunit(CASES.blocked ?? testRun([]))).toContain('<failure type="benign-blocked"');
});

test.each([
  ['an arm that failed', testRun(withArm({ ...UNGUARDED, status: 'failed' })), '<error type="arm-failed"'],
  ['nothing that ran', testRun([]), '<error type="inconclusive"'],
  ['a score under the gate', testRun(ARMS, { failUnder: 101 }), 'message="the score 100'],
  ['clean-up that was not verified', testRun(ARMS, { isClean: false }), '<error type="unclean"'],
  ['an interruption', testRun(ARMS, { isInterrupted: true }), '<error type="interrupted"'],
])('%s is never all green', (_name, card, expected) => {
  expect(card.exit.code).not.toBe(0);
  expect(renderJunit(card)).toContain(expected);
});

test('a run that held is all green', () => {
  const report = renderJunit(CASES.held ?? testRun([]));
  expect(report).not.toMatch(/<(failure|error|skipped)/);
});

function escaped() {
  return CASES.escaped ?? testRun([]);
}
