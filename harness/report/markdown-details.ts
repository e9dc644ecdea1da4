import type { Attribution } from '../score/attribution.ts';
import type { RouteResult } from '../score/routes.ts';
import type { ArmScore, ScenarioScore } from '../score/scorecard.ts';
import { cell, code, said } from './markdown-text.ts';
import { mergePhases } from './phase-words.ts';
import { claimSentence } from './record-words.ts';
import { safeText } from './safe-text.ts';
import { armSentences, routesSentence, stepSentences } from './scenario-lines.ts';
import { formatTime } from './words.ts';

const MOST_ITEMS = 20;
const MOST_VERBS = 40;

/** The rest of a scenario, folded away: outages and their phases, every step, guardrails, routes, the public record. */
export function markdownDetails(scenario: ScenarioScore): string[] {
  const { unguarded, guarded } = scenario.arms;
  return [
    '<details><summary>Outages, phases, steps, guardrails, routes, record</summary>',
    '',
    ...bullets('Without guardrails', [...armSentences(unguarded), ...phaseSentences(unguarded)]),
    ...bullets('With them', [...armSentences(guarded), ...phaseSentences(guarded)]),
    ...bullets('Steps with guardrails', stepSentences(guarded?.steps ?? [])),
    ...attributionTable(scenario.attribution),
    '',
    said(routesSentence(scenario)),
    ...routeLines(scenario.routes),
    ...recordLines(scenario),
    '',
    '</details>',
  ];
}

/** What the longest outage was made of. */
function phaseSentences(arm: ArmScore | null): string[] {
  const longest = arm?.harm?.outages[0];
  return mergePhases(longest?.phases ?? []).map(({ name, durationMs, kind }) => {
    return `${safeText(name, 60)}: ${formatTime(durationMs)} (${KINDS[kind]})`;
  });
}

const KINDS = {
  mechanism: 'mechanism',
  declared: 'declared, simulated',
  mixed: 'in part declared, simulated; in part mechanism',
} as const;

function attributionTable(attribution: readonly Attribution[]): string[] {
  if (attribution.length === 0) return [];
  return [
    '',
    '| guardrail | did | needed | enough alone | journal lines |',
    '|---|---|---|---|---|',
    ...attribution.map(({ guardrail, effect, necessary, sufficient, evidence }) => {
      const lines = evidence.slice(0, 5).join(', ');
      return `| ${cell(guardrail)} | ${effect} | ${yesOrNo(necessary)} | ${yesOrNo(sufficient)} | ${lines} |`;
    }),
  ];
}

function yesOrNo(value: boolean | null): string {
  return value === null ? 'not re-run' : value ? 'yes' : 'no';
}

/** Routes by door and state, those that passed first. */
function routeLines(routes: readonly RouteResult[]): string[] {
  const groups = new Map<string, string[]>();
  for (const state of ['passed', 'held', 'not-tried'] as const) {
    for (const route of routes.filter(candidate => candidate.state === state)) {
      const key = `${state.replace('-', ' ')}, ${route.door}`;
      groups.set(key, [...(groups.get(key) ?? []), route.verb]);
    }
  }
  return [...groups].map(([key, verbs]) => {
    const more = verbs.length > MOST_VERBS ? ` and ${verbs.length - MOST_VERBS} more` : '';
    return `- ${said(`${safeText(key, 80)}: ${verbs.slice(0, MOST_VERBS).join(', ')}${more}`)}`;
  });
}

function recordLines({ record, fidelity }: ScenarioScore): string[] {
  if (record === null) return [];
  const lines = [
    ...fidelity.map(claim => said(claimSentence(claim))),
    ...record.disputed.map(text => `disputed: ${code(text)}`),
    ...record.simulated.map(text => `simulated, since it is not public: ${code(text)}`),
    ...record.sources.map(text => `source: ${code(text)}`),
  ];
  return [
    '',
    `Against the public record (incident ${code(record.incident)}):`,
    ...lines.map(line => `- ${line}`),
  ];
}

function bullets(title: string, sentences: readonly string[]): string[] {
  const shown = sentences.slice(0, MOST_ITEMS);
  return shown.length === 0 ? [] : [`- **${title}**`, ...shown.map(sentence => `  - ${said(sentence)}`)];
}
