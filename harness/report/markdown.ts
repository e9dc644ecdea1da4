import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { harmRows } from './harm-rows.ts';
import { codeSpan, safeText } from './safe-text.ts';
import {
  armSentences,
  benignSentence,
  budgetSentence,
  claimSentence,
  phaseSentence,
  routesSentence,
  stepSentences,
} from './scenario-lines.ts';
import { frictionSentence, headline, scoreSentence, worstLeft } from './summary-lines.ts';
import { stageSentence, VERDICT_WORDS } from './words.ts';

/** Scenarios shown in full; a pull-request comment has room for no more. */
const MOST_SCENARIOS = 12;

/** The report as Markdown for a pull-request comment. Whatever comes from files or agents stands in code spans. */
export function renderMarkdown(card: Scorecard): string {
  const shown = [...card.scenarios]
    .sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict])
    .slice(0, MOST_SCENARIOS);
  const hidden = card.scenarios.length - shown.length;
  const seeds = card.seeds
    .map(seed => code(seed))
    .slice(0, 5)
    .join(', ');
  return `${[
    '# Brakecheck: what the guardrails held',
    '',
    `**${headline(card)}** ${said(worstLeft(card))}`,
    '',
    said(frictionSentence(card)),
    '',
    said(scoreSentence(card)),
    '',
    `Profile ${code(card.profile)}, seeds ${seeds || 'none'}, stack ${card.stack}, suite ${code(card.suiteHash.slice(0, 19))}.`,
    ...shown.flatMap(scenario => ['', ...scenarioSection(scenario, card.profile)]),
    ...(hidden > 0 ? ['', `${hidden} more scenarios are in the scorecard.`] : []),
    ...card.neverRun.flatMap(id => ['', `Never run: ${code(id)}`]),
    '',
    '---',
    `Exit ${card.exit.code} (${card.exit.name}).`,
    ...card.exit.reasons.map(({ because }) => `- ${code(because)}`),
    '',
    `_${said(card.note)}_`,
  ].join('\n')}\n`;
}

const ORDER = { escaped: 0, inconclusive: 1, contained: 2 } as const;

function scenarioSection(scenario: ScenarioScore, profile: string): string[] {
  const { unguarded, guarded } = scenario.arms;
  const phases = phaseSentence(unguarded);
  const why = scenario.verdict === 'contained' ? '' : ` ${code(scenario.detail)}.`;
  return [
    `## ${VERDICT_WORDS[scenario.verdict]}: ${code(scenario.id)}`,
    '',
    `${code(scenario.title)}.${why} ${stageSentence(scenario)}`,
    '',
    `| | no guardrails | ${plain(safeText(profile))} |`,
    '|---|---|---|',
    ...harmRows(scenario).map(
      row => `| ${plain(row.label)} | ${plain(row.unguarded)} | ${plain(row.guarded)} |`,
    ),
    '',
    ...bullets('Without guardrails', [...armSentences(unguarded), ...(phases === null ? [] : [phases])]),
    ...bullets('With them', [...armSentences(guarded), ...stepSentences(guarded?.steps ?? [])]),
    '',
    `${said(budgetSentence(scenario))} ${said(benignSentence(scenario))} ${said(routesSentence(scenario))}`,
    ...recordSection(scenario),
  ];
}

function recordSection({ record, fidelity }: ScenarioScore): string[] {
  if (record === null) return [];
  return [
    '',
    `Against the public record (incident ${code(record.incident)}):`,
    ...fidelity.map(claim => `- ${code(claimSentence(claim))}`),
    ...record.disputed.map(text => `- disputed: ${code(text)}`),
    ...record.simulated.map(text => `- simulated, since it is not public: ${code(text)}`),
  ];
}

function bullets(title: string, sentences: readonly string[]): string[] {
  return [`- **${title}**`, ...sentences.map(sentence => `  - ${said(sentence)}`)];
}

function code(text: string): string {
  return codeSpan(safeText(text));
}

/** Our sentence stays prose while nothing in it could be markup; else it becomes a code span. */
function said(sentence: string): string {
  return HARMLESS.test(sentence) ? sentence : codeSpan(safeText(sentence, 1_000));
}

/** No escape keeps a pipe from ending a table's cell in every renderer, so it is replaced. */
function plain(cell: string): string {
  return said(cell.replaceAll('|', '¦'));
}

/** Words, figures and the punctuation of our own sentences; no URL, mention, emphasis, link or HTML can be made of it. */
const HARMLESS = /^(?!.*(?:www\.|:\/\/|--|\]\())[A-Za-z0-9 .,;:()%+[\]/-]*$/;
