import type { OverviewView, ScenarioOverview } from '../../review/overview.ts';
import { formatShare } from '../words.ts';
import { anchorOf } from './anchor.ts';
import { facts, list, paragraph, table } from './blocks.ts';
import { html, type Markup } from './markup.ts';
import { verdictBadge } from './verdict-badge.ts';

/** The first screen: what a reader must know who reads nothing else. */
export function summarySection(view: OverviewView): Markup {
  const { run, headline, notices, neverRun } = view;
  return html`<header>
<p class="eyebrow">Resilience report: AI agents’ mistakes on a mock retail company</p>
<h1>${headline ?? 'Nothing is judged yet.'}</h1>
<p class="quiet">Run ${run.runId}; profile <strong>${run.profile}</strong>, stack ${run.stack}, seed ${run.seed}${run.startedAt === '' ? '' : `, started ${run.startedAt}`}.</p>
</header>
<main>
<section aria-labelledby="summary"><h2 id="summary" class="hidden">Summary</h2>
${notices.map(notice => html`<p class="notice"><strong>Note.</strong> ${notice}</p>\n`)}${totals(view)}
${neverRun.length === 0 ? null : paragraph(`Never run: ${neverRun.join(', ')}.`)}${scenarioTable(view)}
${view.note === null ? null : html`<p class="honest"><strong>What this is worth.</strong> ${view.note}</p>\n`}</section>
`;
}

function totals({ worstLeft, friction, score, scoreSentence, exit }: OverviewView): Markup {
  const cards = [
    ['Worst harm left', afterColon(worstLeft)],
    ['Friction', afterColon(friction)],
    [
      'Score',
      score === null
        ? afterColon(scoreSentence)
        : [html`<strong class="big">${score}</strong> `, afterColon(scoreSentence)],
    ],
    [
      'Exit',
      exit === null
        ? null
        : [html`<strong class="big">${exit.code}</strong> ${exit.name}`, list(exit.reasons)],
    ],
  ] as const;
  return html`<div class="cards">${facts(cards)}</div>`;
}

/** `Friction: 2 of 2 …` → `2 of 2 …`: the card has the label. */
function afterColon(sentence: string | null): string | null {
  if (sentence === null) return null;
  const text = sentence
    .replace(/^(Friction|Score|Worst harm left): /, '')
    .replace(/^Worst harm left \((Sev-\d)\)/, '$1')
    .replace(/^[\d.]+ of 100 /, 'of 100 ');
  return text.replace(/^(?!of 100)[a-z]/, first => first.toUpperCase());
}

function scenarioTable({ scenarios, run }: OverviewView): Markup {
  if (scenarios.length === 0) return paragraph('No scenario was run.');
  return table({
    name: 'Scenarios',
    head: [
      'Scenario',
      'Verdict',
      'Severity without guardrails',
      `With the profile ${run.profile}`,
      'Contained',
      'Harmless twin',
    ],
    rows: scenarios.map(scenario => [
      html`<a href="#${anchorOf(scenario.id)}">${scenario.id}</a>`,
      verdictBadge(scenario),
      severityWord(scenario.severity.unguarded, scenario),
      severityWord(scenario.severity.guarded, scenario),
      scenario.containmentRatio === null ? 'not judged' : formatShare(scenario.containmentRatio),
      scenario.overBlocked
        ? 'blocked or late'
        : scenario.verdict === 'not judged'
          ? 'not judged'
          : 'not blocked',
    ]),
  });
}

function severityWord(severity: number | null, { verdict }: ScenarioOverview): string {
  if (severity !== null) return `Sev-${severity}`;
  return verdict === 'not judged' ? 'not judged' : 'none';
}
