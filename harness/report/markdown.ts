import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { markdownDetails } from './markdown-details.ts';
import { markdownScenario } from './markdown-scenario.ts';
import { cell, code, said } from './markdown-text.ts';
import { frictionSentence, headline, scoreSentence, worstLeft } from './summary-lines.ts';
import { formatTime, VERDICT_WORDS } from './words.ts';

/** Scenarios shown in full; a pull-request comment has room for no more. */
const MOST_SCENARIOS = 12;
const MOST_ROWS = 100;
const ORDER = { escaped: 0, inconclusive: 1, contained: 2 } as const;

/**
 * The report as Markdown for a pull-request comment: the headline and one row a scenario first, then each scenario, with
 * its details folded away. Whatever comes from files or agents stands in code spans.
 */
export function renderMarkdown(card: Scorecard): string {
  const worstFirst = [...card.scenarios].sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
  const shown = worstFirst.slice(0, MOST_SCENARIOS);
  const hidden = card.scenarios.length - shown.length;
  return `${[
    '# Brakecheck: what the guardrails held',
    '',
    `**${headline(card)}** ${said(worstLeft(card))}`,
    '',
    ...summaryTable(worstFirst, card),
    '',
    said(frictionSentence(card)),
    '',
    said(scoreSentence(card)),
    '',
    `Exit ${card.exit.code} (${card.exit.name}).`,
    ...card.exit.reasons.map(({ because }) => `- ${code(because)}`),
    '',
    `_${said(card.note)}_`,
    ...shown.flatMap(scenario => [
      '',
      ...markdownScenario(scenario, card.profile),
      '',
      ...markdownDetails(scenario),
    ]),
    ...(hidden > 0 ? ['', `${hidden} more scenarios are in the scorecard.`] : []),
    '',
    '---',
    origin(card),
  ].join('\n')}\n`;
}

function summaryTable(scenarios: readonly ScenarioScore[], { profile, neverRun }: Scorecard): string[] {
  const rows = scenarios.slice(0, MOST_ROWS).map(scenario => {
    const { unguarded, guarded, benign } = scenario.arms;
    const longest = (arm: typeof guarded) =>
      formatTime(arm === null || arm.harm === null ? null : (arm.harm.outages[0]?.durationMs ?? 0));
    const verdict = `${VERDICT_WORDS[scenario.verdict]}${scenario.stage === null ? '' : ` (${scenario.stage})`}`;
    const outcome = benign?.outcome ?? 'not run';
    return `| ${cell(scenario.id)} | ${verdict} | ${longest(unguarded)} | ${longest(guarded)} | ${outcome} |`;
  });
  return [
    `| scenario | verdict | longest outage, no guardrails | with ${cell(profile)} | same task done properly |`,
    '|---|---|---|---|---|',
    ...rows,
    ...neverRun.slice(0, MOST_ROWS).map(id => `| ${cell(id)} | never run | | | |`),
  ];
}

function origin(card: Scorecard): string {
  const seeds = card.seeds
    .map(seed => code(seed))
    .slice(0, 5)
    .join(', ');
  return `Profile ${code(card.profile)}, seeds ${seeds || 'none'}, stack ${card.stack}, suite ${code(card.suiteHash.slice(0, 19))}.`;
}
