import type { Attribution } from '../score/attribution.ts';
import type { RouteResult } from '../score/routes.ts';
import type { ArmScore, ScenarioScore } from '../score/scorecard.ts';
import { browserLines, browserSentence } from './browser-words.ts';
import { cell, code, said } from './markdown-text.ts';
import { mergePhases } from './phase-words.ts';
import { claimSentence } from './record-words.ts';
import { safeText } from './safe-text.ts';
import { armSentences, routesSentence, stepSentences } from './scenario-lines.ts';
import { formatTime } from './words.ts';

const MOST_ITEMS = 20;
const MOST_VERBS = 40;
const MOST_BROWSED = 60;

/** The rest of a scenario: outages and their phases, every step, guardrails, routes, the public record. */
export function markdownDetails(scenario: ScenarioScore): string[] {
  const { unguarded, guarded } = scenario.arms;
  return [
    ...bullets('Without guardrails', [
      ...armSentences(unguarded),
      ...phaseSentences(unguarded),
      ...basisSentences(unguarded),
    ]),
    ...bullets('With them', [...armSentences(guarded), ...phaseSentences(guarded)]),
    ...bullets('Steps with guardrails', stepSentences(guarded?.steps ?? [])),
    ...attributionTable(scenario.attribution),
    ...browserTable(scenario),
    '',
    said(routesSentence(scenario)),
    ...routeLines(scenario.routes),
    ...recordLines(scenario),
  ];
}

/** What the longest outage was made of. */
function phaseSentences(arm: ArmScore | null): string[] {
  const longest = arm?.harm?.outages[0];
  const kinds = arm?.basis === undefined ? KINDS : LIVE_KINDS;
  return mergePhases(longest?.phases ?? []).map(({ name, durationMs, kind }) => {
    return `${safeText(name, 60)}: ${formatTime(durationMs)} (${kinds[kind]})`;
  });
}

const KINDS = {
  mechanism: 'mechanism',
  declared: 'declared, simulated',
  mixed: 'in part declared, simulated; in part mechanism',
} as const;

/** On a live stack a mechanism's time is skipped and charged. */
const LIVE_KINDS = {
  ...KINDS,
  mechanism: 'charged',
  mixed: 'in part declared, simulated; in part charged',
} as const;

/** Which figures of the arm were measured, and which hold a sample's rates over time. */
function basisSentences(arm: ArmScore | null): string[] {
  const harm = Object.entries(arm?.basis?.harm ?? {});
  return (['measured', 'extrapolated'] as const).flatMap(basis => {
    const names = harm.filter(([, of]) => of === basis).map(([name]) => name);
    return names.length === 0 ? [] : [`${basis}: ${names.join(', ')}`];
  });
}

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

/** What a shopper with a browser saw, with the last picture of each journey. */
function browserTable(scenario: ScenarioScore): string[] {
  const sentence = browserSentence(scenario);
  if (sentence === null) return [];
  const lines = browserLines(scenario).slice(0, MOST_BROWSED);
  const rows = lines.map(line => {
    const files = line.files.map(
      file => `[${cell(file.slice(file.lastIndexOf('.') + 1))}](${encodeURI(file)})`,
    );
    const said = [line.arm, `${line.when}, ${line.at}`, line.region, line.journey].map(cell);
    return `| ${[...said, line.succeeded ? 'yes' : 'no', cell(line.saw), files.join(' ')].join(' | ')} |`;
  });
  const head = [
    '',
    '| arm | when | region | journey | went well | saw at last | file |',
    '|---|---|---|---|---|---|---|',
  ];
  return ['', said(`Browser: ${sentence}`), ...(rows.length === 0 ? [] : [...head, ...rows])];
}

function yesOrNo(value: boolean | null): string {
  return value === null ? 'not re-run' : value ? 'yes' : 'no';
}

/** Routes by door and state, those that passed first. */
function routeLines(routes: readonly RouteResult[]): string[] {
  const groups = new Map<string, string[]>();
  for (const state of ['passed', 'held', 'not-tried'] as const) {
    for (const route of routes.filter(candidate => candidate.state === state)) {
      const key = `${state.replace('-', ' ')}, ${safeText(route.door, 64)}`;
      groups.set(key, [...(groups.get(key) ?? []), safeText(route.verb, 64)]);
    }
  }
  return [...groups].map(([key, verbs]) => {
    const more = verbs.length > MOST_VERBS ? ` and ${verbs.length - MOST_VERBS} more` : '';
    return `- ${said(`${key}: ${verbs.slice(0, MOST_VERBS).join(', ')}${more}`)}`;
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
