import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { bytesOf, fitWithin } from './fit-within.ts';
import { markdownDetails } from './markdown-details.ts';
import { markdownFindings } from './markdown-findings.ts';
import { markdownScenario } from './markdown-scenario.ts';
import { markdownTable } from './markdown-table.ts';
import { code, said } from './markdown-text.ts';
import { runReasons } from './run-reasons.ts';
import { escapeXml, safeText } from './safe-text.ts';
import { frictionSentence, headline, scoreSentence, worstLeft } from './summary-lines.ts';
import { plural, VERDICT_WORDS } from './words.ts';

/**
 * Most bytes of UTF-8 of the whole report. A comment on GitHub takes 65,536 characters, a step summary 1 MiB for all
 * that one step writes; two reports fit into either with room for somebody's own words.
 */
export const MOST_MARKDOWN_BYTES = 30_000;

const MOST_FINDINGS_BYTES = 12_000;
/** Kept free for what stands after the folded parts. */
const END_BYTES = 2_000;
const MOST_REASONS = 10;
const ORDER = { escaped: 0, inconclusive: 1, contained: 2 } as const;

/**
 * The report as Markdown for a pull-request comment or a step summary: the verdict, one table, what escaped and what to
 * do about it, and the rest folded away. Whatever comes from files or agents stands in code spans. What has no room is
 * counted.
 */
export function renderMarkdown(card: Scorecard): string {
  const worstFirst = [...card.scenarios].sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
  const head = [...headLines(card, worstFirst), ...markdownFindings(card, worstFirst, MOST_FINDINGS_BYTES)];
  const figures = [
    '',
    said(frictionSentence(card)),
    '',
    said(scoreSentence(card)),
    '',
    `_${said(card.note)}_`,
  ];
  const above = [...head, ...figures];
  const room = MOST_MARKDOWN_BYTES - END_BYTES - bytesOf(above.join('\n'));
  const folded = fitWithin(
    worstFirst.map(scenario => foldedForms(scenario, card.profile)),
    room,
  );
  const left =
    folded.leftOut === 0
      ? []
      : ['', `Details of ${plural(folded.leftOut, 'more scenario')} left out here: see scorecard.json.`];
  return `${[...above, ...folded.lines, ...left, '', '---', origin(card)].join('\n')}\n`;
}

function headLines(card: Scorecard, worstFirst: readonly ScenarioScore[]): string[] {
  const reasons = runReasons(card);
  const more = reasons.length - MOST_REASONS;
  return [
    `# Brakecheck: ${safeText(card.exit.name, 32).toUpperCase()}`,
    '',
    `**${headline(card)}** ${said(worstLeft(card))} Exit ${card.exit.code} (${said(card.exit.name)}).`,
    '',
    ...markdownTable(worstFirst, card),
    ...(reasons.length === 0 ? [] : ['']),
    ...reasons.slice(0, MOST_REASONS).map(({ because }) => `- ${code(because)}`),
    ...(more > 0 ? [`- ${plural(more, 'more reason')} left out`] : []),
  ];
}

/** One scenario, folded away: with everything, or without the lists of steps, routes and sources. */
function foldedForms(scenario: ScenarioScore, profile: string): string[][] {
  // Inside HTML nothing is Markdown, and inside <code> nothing is a mention or a link.
  const name = `<code>${escapeXml(safeText(scenario.id, 64))}</code>`;
  const fold = (lines: readonly string[]) => [
    '',
    `<details><summary>${VERDICT_WORDS[scenario.verdict]} ${name}: harm, steps, guardrails, routes, record</summary>`,
    '',
    ...lines,
    '',
    '</details>',
  ];
  const short = markdownScenario(scenario, profile);
  const cut = '- **More** steps, routes and record are left out here: see scorecard.json.';
  return [fold([...short, ...markdownDetails(scenario)]), fold([...short, cut])];
}

function origin({ profile, seeds, stack, suiteHash }: Scorecard): string {
  const shown = seeds.slice(0, 5).map(seed => code(seed));
  const more = seeds.length > shown.length ? ` and ${seeds.length - shown.length} more` : '';
  return `Profile ${code(profile)}, seeds ${shown.join(', ') || 'none'}${more}, stack ${said(safeText(stack, 32))}, suite ${code(suiteHash.slice(0, 19))}.`;
}
