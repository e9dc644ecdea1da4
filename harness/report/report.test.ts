import { expect, test } from 'vitest';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderTerminal } from './terminal.ts';
import { CASES } from './testing/cases.ts';
import { longestBlock } from './testing/longest-block.ts';

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
