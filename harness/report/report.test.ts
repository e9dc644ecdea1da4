import { expect, test } from 'vitest';
import { testRun } from '../score/testing/test-run.ts';
import { widthOf } from './columns.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderTerminal } from './terminal.ts';
import { CASES } from './testing/cases.ts';
import { HOSTILE } from './testing/hostile.ts';
import { withHostileText } from './testing/hostile-run.ts';
import { xmlProblem } from './testing/xml-problem.ts';

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029]/u;

function card(name: string) {
  const found = CASES[name];
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

function terminal(name: string): string {
  return renderTerminal(card(name), { reportPath: null });
}

/** The words of a text, however its lines are broken. */
function words(text: string): string {
  return text.replace(/\s+/g, ' ');
}

test.each(Object.keys(CASES))('the terminal report of the case %s reads as agreed', async name => {
  const reportPath = name === 'held' ? 'reports/run-1' : null;
  await expect(renderTerminal(card(name), { reportPath })).toMatchFileSnapshot(
    `testing/${name}.terminal.txt`,
  );
});

test('the Markdown report reads as agreed', async () => {
  await expect(renderMarkdown(card('escaped'))).toMatchFileSnapshot('testing/escaped.markdown.txt');
});

test('the JUnit report reads as agreed', async () => {
  await expect(renderJunit(card('escaped'))).toMatchFileSnapshot('testing/escaped.junit.xml');
});

test.each(Object.keys(CASES))('a scenario takes one screen in the case %s', name => {
  expect(longestBlock(terminal(name))).toBeLessThanOrEqual(24);
});

test('the terminal report says what customers lived through, with and without guardrails', () => {
  const text = words(terminal('held'));
  expect(text).toContain('Could not view costs, cn-north-1 2h 0 min');
  expect(text).toContain('1 attempt through 1 door, all refused: deletion-protection 1.');
  expect(text).toContain('only deletion-protection held: without it the mistake escapes.');
  expect(text).toContain('Contained 1 of 1.');
});

test('what got through is told with its door, with the refusals before it, and with what stopped it', () => {
  const text = words(terminal('rolled-back'));
  expect(text).toContain('plan.apply (pipeline) got through at 0h41m');
  expect(text).toContain('after 1 refusal (deletion-protection 1)');
  expect(text).toContain('watcher rolled it back at 1h10m.');
});

test('a blocked task says what stood in its way', () => {
  expect(words(terminal('blocked'))).toContain(
    'BLOCKED, the fix: refused by deletion-protection at 0h40m (deletes a protected environment)',
  );
});

test('an inconclusive scenario says why, and what to do', () => {
  expect(words(terminal('never-landed'))).toMatch(/INCONCLUSIVE: .+ It must succeed there/);
  expect(words(terminal('no-damage'))).toMatch(/INCONCLUSIVE: .+ or tighten the budget/);
  expect(words(terminal('unwell'))).toMatch(/INCONCLUSIVE: steady state was not met .+ The shop was unwell/);
  expect(words(terminal('no-calm-arm'))).toContain('Run the scenario again');
});

test('many journeys of one region share a row, and many phases are cut to the longest', () => {
  const text = words(terminal('many-journeys'));
  expect(text).toContain('Shop in na failing (5 journeys) 5h 0 min');
  expect(text).toContain('did harm of their own (guardrail-caused): money');
  expect(renderMarkdown(card('many-journeys'))).toContain('step 1 of a long repair: 16m');
});

test('the Markdown report begins with the headline and one row a scenario', () => {
  const [, , first, , header, , row] = renderMarkdown(card('escaped')).split('\n');
  expect(first).toContain('Contained 0 of 2, 1 escaped, 1 never run.');
  expect(header).toContain('| scenario | verdict |');
  expect(row).toContain('| rebuild | ESCAPED (repaired-by-people) | 2h | 2h | allowed |');
});

test('inconclusive is an error in JUnit, weakness a failure, never run skipped, nothing an error', () => {
  expect(renderJunit(card('no-calm-arm'))).toContain('<error type="evidence-missing"');
  const escaped = renderJunit(card('escaped'));
  expect(escaped).toContain('<failure type="over-budget:');
  expect(escaped).toContain('tests="3" failures="1" errors="0"');
  expect(escaped).toContain('<skipped');
  expect(renderJunit(testRun([]))).toContain('tests="1" failures="0" errors="1"');
});

test('paint may colour lines and never changes their words', () => {
  const tones: string[] = [];
  const painted = renderTerminal(card('held'), {
    reportPath: null,
    paint: (tone, text) => {
      tones.push(tone);
      return `«${text}»`;
    },
  });
  expect(painted.replace(/[«»]/g, '')).toBe(terminal('held'));
  expect(tones).toContain('good');
});

test('the JSON report is the scorecard', () => {
  const escaped = card('escaped');
  expect(JSON.parse(renderJson(escaped))).toEqual(JSON.parse(JSON.stringify(escaped)));
});

test.each(HOSTILE.map(text => [text.slice(0, 40), text]))(
  'hostile text %j harms no report',
  (_name, text) => {
    for (const name of ['escaped', 'held', 'seeds']) harmsNothing(withHostileText(card(name), text), text);
  },
);

function harmsNothing(hostile: ReturnType<typeof card>, text: string): void {
  const screen = renderTerminal(hostile, { reportPath: text });
  for (const line of screen.split('\n')) {
    expect(line).not.toMatch(HIDDEN);
    expect(widthOf(line)).toBeLessThanOrEqual(line.startsWith('Report: ') ? Number.MAX_SAFE_INTEGER : 80);
  }
  expect(longestBlock(screen)).toBeLessThanOrEqual(24);
  const junit = renderJunit(hostile);
  expect(xmlProblem(junit)).toBeNull();
  expect(junit.match(/<testcase /g)).toHaveLength(3);
  const markdown = renderMarkdown(hostile);
  expect(markdown.replaceAll('\n', '')).not.toMatch(HIDDEN);
  expect(outsideCode(markdown)).not.toMatch(/@|<|javascript:|!\[|\]\(|# CONTAINED\n|evil/);
  expect(markdown.length).toBeLessThan(40_000);
}

/** What a Markdown reader would treat as markup: all code spans and our own folding taken out. */
function outsideCode(markdown: string): string {
  return markdown
    .replace(/^<details><summary>Outages, phases, [a-z, ]+<\/summary>$|^<\/details>$/gm, '')
    .replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
}

/** Lines of the longest scenario: blocks are parted by blank lines and end at the rule. */
function longestBlock(screen: string): number {
  const [scenarios = ''] = screen.split(`\n${'-'.repeat(80)}\n`);
  const blocks = scenarios.split('\n\n').slice(1);
  return Math.max(0, ...blocks.map(block => block.trimEnd().split('\n').length));
}
