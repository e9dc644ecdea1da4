import { expect, test } from 'vitest';
import type { Scorecard } from '../score/scorecard.ts';
import { testJournal } from '../score/testing/test-journal.ts';
import { scorecardOf, UNGUARDED, withArm } from '../score/testing/test-run.ts';
import { hostileJournal } from '../testing/hostile-journal.ts';
import { hostileScorecard } from '../testing/hostile-scorecard.ts';
import { HOSTILE_TEXTS, hugeText, stringsIn, UNSAFE_TEXT } from '../testing/hostile-texts.ts';
import { widthOf } from './columns.ts';
import { bytesOf } from './fit-within.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { MOST_MARKDOWN_BYTES, renderMarkdown } from './markdown.ts';
import type { SarifContext } from './sarif/origin.ts';
import { renderSarif } from './sarif/render-sarif.ts';
import { renderTerminal } from './terminal.ts';
import { CASES } from './testing/cases.ts';
import { junitProblems } from './testing/check-xml.ts';
import { longestBlock } from './testing/longest-block.ts';
import { markdownProblems } from './testing/markdown-problems.ts';
import { sarifProblems } from './testing/sarif-problems.ts';

/** A scorecard under attack, from the outside in: its fields, and the journals that it is made from. */
function attacks(text: string): Scorecard[] {
  const cards = ['escaped', 'held', 'seeds', 'never-landed', 'blocked'].map(name =>
    hostileScorecard(text, CASES[name]),
  );
  return [...cards, hostileScorecard(text), journalAttack(text)];
}

function journalAttack(text: string): Scorecard {
  const arms = withArm({ ...UNGUARDED, arm: 'guarded' });
  return scorecardOf(arms, spec => hostileJournal(testJournal(spec), text));
}

const CORPUS = HOSTILE_TEXTS.map((text, index) => [index, text] as const);

test.each(CORPUS)('hostile text %i moves no cursor and breaks no line of the terminal', (_index, text) => {
  for (const card of attacks(text)) {
    const screen = renderTerminal(card, { reportPath: null });
    expect(screen).not.toMatch(UNSAFE_TEXT);
    for (const line of screen.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
    expect(longestBlock(screen)).toBeLessThanOrEqual(24);
  }
});

test.each(CORPUS)('hostile text %i is inert in Markdown, and tables stay whole', (_index, text) => {
  for (const card of attacks(text)) {
    const report = renderMarkdown(card);
    expect(report).not.toMatch(UNSAFE_TEXT);
    expect(markdownProblems(report)).toEqual([]);
    expect(bytesOf(report)).toBeLessThanOrEqual(MOST_MARKDOWN_BYTES);
  }
});

test.each(CORPUS)('hostile text %i leaves SARIF valid', (_index, text) => {
  for (const card of attacks(text)) {
    const report = renderSarif(card, hostileContext(text));
    expect(report).not.toMatch(UNSAFE_TEXT);
    expect(sarifProblems(report)).toEqual([]);
    const strings = stringsIn(JSON.parse(report));
    expect(strings.filter(string => UNSAFE_TEXT.test(string))).toEqual([]);
    expect(messagesIn(JSON.parse(report)).filter(isLinkOrPlaceholder)).toEqual([]);
    expect(bytesOf(report)).toBeLessThan(200_000);
  }
});

test('hostile text leaves JUnit valid, with as many cases as without', async () => {
  const reports = CORPUS.flatMap(([, text]) =>
    [hostileScorecard(text), journalAttack(text)].map(renderJunit),
  );
  expect(await junitProblems(reports)).toEqual([]);
  for (const report of reports) {
    expect(report).not.toMatch(UNSAFE_TEXT);
    expect(report.match(/<testcase /g)?.length).toBeLessThanOrEqual(4);
    expect(bytesOf(report)).toBeLessThan(60_000);
  }
});

test.each(CORPUS)('hostile text %i is escaped in JSON, and still says the same', (_index, text) => {
  const card = hostileScorecard(text.slice(0, 9_000));
  const report = renderJson(card);
  expect(report).not.toMatch(UNSAFE_TEXT);
  expect(JSON.parse(report)).toEqual(JSON.parse(JSON.stringify(card)));
});

test('ten megabytes in every field fill no report', async () => {
  const card = hostileScorecard(hugeText());
  const junit = renderJunit(card);
  const sarif = renderSarif(card, hostileContext('x'));
  const markdown = renderMarkdown(card);
  const json = renderJson(card);
  expect(await junitProblems([junit])).toEqual([]);
  expect(sarifProblems(sarif)).toEqual([]);
  expect(markdownProblems(markdown)).toEqual([]);
  expect(renderTerminal(card, { reportPath: null }).length).toBeLessThan(4_000);
  expect(Math.max(junit.length, sarif.length, markdown.length)).toBeLessThan(100_000);
  expect(json.length).toBeLessThan(2_000_000);
  expect(json).toContain('more characters are in the journal)');
});

test('ten megabytes in a line of a journal are scored and reported like any other', () => {
  const huge = JSON.stringify(hugeText()).slice(1, -1);
  const arms = withArm({ ...UNGUARDED, arm: 'guarded' });
  const card = scorecardOf(arms, spec => {
    const journal = testJournal(spec);
    return spec.arm === 'guarded'
      ? journal.replace('A clean rebuild reaches a known state fastest', huge)
      : journal;
  });
  expect(card.scenarios[0]?.verdict).toBe('escaped');
  expect(card.scenarios[0]?.arms.guarded?.steps[0]?.because.length).toBeGreaterThan(10_000_000);
  expect(renderJson(card).length).toBeLessThan(100_000);
  expect(bytesOf(renderMarkdown(card))).toBeLessThan(MOST_MARKDOWN_BYTES);
});

function hostileContext(text: string): SarifContext {
  const file = { uri: encodeURIComponent(text.slice(0, 50).toWellFormed()), base: 'SRCROOT' } as const;
  const origin = { file, places: null, tags: [text, 'F01'] };
  return {
    tool: 'brakecheck/1.2.3',
    exitMeaning: text,
    origins: new Map([[text, origin]]),
    journal: () => file,
  };
}

/** Texts of messages, in which braces and brackets mean something. */
function messagesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : messagesIn(inner),
  );
}

function isLinkOrPlaceholder(message: string): boolean {
  return /(?<!\\)\]\(|(?<!\{)\{(?!\{)\d/.test(message.replaceAll('{{', ''));
}
