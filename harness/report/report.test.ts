import { expect, test } from 'vitest';
import { ARMS, testRun, UNGUARDED, withArm } from '../score/testing/test-run.ts';
import { widthOf } from './columns.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderTerminal } from './terminal.ts';
import { HOSTILE } from './testing/hostile.ts';
import { withHostileText } from './testing/hostile-run.ts';
import { xmlProblem } from './testing/xml-problem.ts';

const HELD = testRun(ARMS);
const ESCAPED = testRun(withArm({ ...UNGUARDED, arm: 'guarded' }), { planned: ['other'] });
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029]/u;

test('the terminal report reads as agreed', async () => {
  await expect(renderTerminal(HELD, { reportPath: 'reports/run-1/report.md' })).toMatchFileSnapshot(
    'testing/held.terminal.txt',
  );
  await expect(renderTerminal(ESCAPED, { reportPath: null })).toMatchFileSnapshot(
    'testing/escaped.terminal.txt',
  );
});

test('the Markdown report reads as agreed', async () => {
  await expect(renderMarkdown(ESCAPED)).toMatchFileSnapshot('testing/escaped.markdown.txt');
});

test('the JUnit report reads as agreed', async () => {
  await expect(renderJunit(ESCAPED)).toMatchFileSnapshot('testing/escaped.junit.xml');
});

test('the terminal report says what customers lived through, with and without guardrails', () => {
  const text = renderTerminal(HELD, { reportPath: null });
  expect(text).toContain('Shoppers in cn-north-1 could not view costs for 2h.');
  expect(text).toMatch(/Could not view costs, cn-north-1 +2h +0 min/);
  expect(text).toContain('Contained 1 of 1.');
});

test('inconclusive is an error in JUnit, weakness a failure, never run skipped, nothing an error', () => {
  const inconclusive = renderJunit(testRun(ARMS.filter(({ arm }) => arm !== 'calm')));
  expect(inconclusive).toContain('<error type="evidence-missing"');
  const escaped = renderJunit(ESCAPED);
  expect(escaped).toContain('<failure type="over-budget:');
  expect(escaped).toContain('tests="3" failures="1" errors="0"');
  expect(escaped).toContain('<skipped');
  expect(renderJunit(testRun([]))).toContain('tests="1" failures="0" errors="1"');
});

test('paint may colour lines and never changes their words', () => {
  const tones: string[] = [];
  const plain = renderTerminal(HELD, { reportPath: null });
  const painted = renderTerminal(HELD, {
    reportPath: null,
    paint: (tone, text) => {
      tones.push(tone);
      return `«${text}»`;
    },
  });
  expect(painted.replace(/[«»]/g, '')).toBe(plain);
  expect(tones).toContain('good');
});

test('the JSON report is the scorecard', () => {
  expect(JSON.parse(renderJson(ESCAPED))).toEqual(JSON.parse(JSON.stringify(ESCAPED)));
});

test.each(HOSTILE.map(text => [text.slice(0, 40), text]))(
  'hostile text %j harms no report',
  (_name, text) => {
    const card = withHostileText(ESCAPED, text);
    const terminal = renderTerminal(card, { reportPath: text });
    for (const line of terminal.split('\n')) {
      expect(line).not.toMatch(HIDDEN);
      expect(widthOf(line)).toBeLessThanOrEqual(line.startsWith('Report: ') ? Number.MAX_SAFE_INTEGER : 80);
    }
    const junit = renderJunit(card);
    expect(xmlProblem(junit)).toBeNull();
    expect(junit.match(/<testcase /g)).toHaveLength(3);
    const markdown = renderMarkdown(card);
    expect(markdown.replaceAll('\n', '')).not.toMatch(HIDDEN);
    expect(outsideCode(markdown)).not.toMatch(/@|<|javascript:|!\[|\]\(|# CONTAINED\n|evil/);
    expect(markdown.length).toBeLessThan(30_000);
  },
);

/** What a Markdown reader would treat as markup: all code spans taken out. */
function outsideCode(markdown: string): string {
  return markdown.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
}
