import { expect, test } from 'vitest';
import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { testRun } from '../score/testing/test-run.ts';
import { bytesOf } from './fit-within.ts';
import { MOST_MARKDOWN_BYTES, renderMarkdown } from './markdown.ts';
import { CASES } from './testing/cases.ts';

const escaped = CASES.escaped ?? testRun([]);

test('the verdict comes first, then one table', () => {
  const [title, , first, , header, , row, never] = renderMarkdown(escaped).split('\n');
  expect(title).toBe('# Brakecheck: WEAKNESS');
  expect(first).toContain('Contained 0 of 2, 1 escaped, 1 never run.');
  expect(header).toContain('| scenario | verdict |');
  expect(row).toContain('| rebuild | ESCAPED (repaired-by-people) | Sev-2 → Sev-2 |');
  expect(row).toContain('| Could not view costs, cn-north-1: 2h → 2h | let through |');
  expect(never).toContain('| other | NEVER RUN |');
});

test('an escape is told with its route, what to do, and the command that tests again', () => {
  const report = unfolded(renderMarkdown(escaped));
  expect(report).toContain('### ESCAPED: `rebuild`');
  expect(report).toContain('- **Route** 1 attempt through 1 door; environment.delete (console) got through');
  expect(report).toContain('- **Change** deletion-protection: did nothing here; look at doors');
  expect(report).toContain('Close environment.delete (console).');
  expect(report).toContain('`brakecheck run rebuild --profile layers --seed one`');
});

test('work that was held up, and what proved nothing, are findings too', () => {
  const blocked = unfolded(renderMarkdown(CASES.blocked ?? testRun([])));
  expect(blocked).toContain('### OVER-BLOCKED: `rebuild`');
  expect(blocked).toContain('- **Change** deletion-protection: stood in the way');
  const unproven = unfolded(renderMarkdown(CASES['never-landed'] ?? testRun([])));
  expect(unproven).toContain('### INCONCLUSIVE: `rebuild`');
  expect(unproven).toContain('- **Change** It must succeed there');
});

test('a run that held has no findings and folds the rest away', () => {
  const report = renderMarkdown(CASES.held ?? testRun([]));
  expect(report).toContain('# Brakecheck: HELD');
  expect(report).not.toContain('###');
  expect(unfolded(report)).not.toContain('**Guarded**');
});

test('a gate that was missed is told, since no scenario accounts for it', () => {
  expect(renderMarkdown(testRun([], { failUnder: 90 }))).toContain('no score to compare with the gate of 90');
});

test.each([1, 5, 40, 400, 4_000])('with %i scenarios it stays short and counts what is left out', count => {
  const card = many(count);
  const report = renderMarkdown(card);
  expect(bytesOf(report)).toBeLessThanOrEqual(MOST_MARKDOWN_BYTES);
  const rows = report.match(/^\| rebuild-\d+ \| ESCAPED/gm)?.length ?? 0;
  const rowsLeftOut = Number(/^\| ([\d,]+) more rows? left out/m.exec(report)?.[1]?.replace(',', '') ?? 0);
  expect(rows + rowsLeftOut).toBe(count);
  const folded = report.match(/^<details>/gm)?.length ?? 0;
  const foldedLeftOut = Number(/^Details of ([\d,]+) more/m.exec(report)?.[1]?.replace(',', '') ?? 0);
  expect(folded + foldedLeftOut).toBe(count);
  const found = report.match(/^### ESCAPED/gm)?.length ?? 0;
  const findingsLeftOut = Number(
    /^([\d,]+) more findings? left out/m.exec(report)?.[1]?.replace(',', '') ?? 0,
  );
  expect(found + findingsLeftOut).toBe(count);
});

function many(count: number): Scorecard {
  const [scenario] = escaped.scenarios;
  const scenarios = Array.from({ length: count }, (_, index) => ({
    ...(scenario as ScenarioScore),
    id: `rebuild-${index}`,
  }));
  return { ...escaped, scenarios, neverRun: [] };
}

/** What is seen before anything is unfolded. */
function unfolded(report: string): string {
  return report.replace(/<details>[\s\S]*?<\/details>/g, '');
}
