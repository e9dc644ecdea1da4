import type { ArmScore, ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { fitWithin } from './fit-within.ts';
import { harmRows } from './harm-rows.ts';
import { cell } from './markdown-text.ts';
import { safeText } from './safe-text.ts';
import { plural, VERDICT_WORDS } from './words.ts';

const MOST_TABLE_BYTES = 6_000;

/** One row a scenario: the verdict, and the harm without and with guardrails. Rows that have no room are counted. */
export function markdownTable(
  scenarios: readonly ScenarioScore[],
  { profile, neverRun }: Scorecard,
): string[] {
  const names = neverRun.map(id => [[`| ${cell(safeText(id, 64))} | NEVER RUN | | | |`]]);
  const rows = fitWithin(
    [...scenarios.map(scenario => [[scenarioRow(scenario)]]), ...names],
    MOST_TABLE_BYTES,
  );
  return [
    '| scenario | verdict | severity | worst harm | same task done properly |',
    '|---|---|---|---|---|',
    ...rows.lines,
    ...(rows.leftOut === 0 ? [] : [`| ${plural(rows.leftOut, 'more row')} left out | | | | |`]),
    '',
    `Severity and harm: without guardrails → with ${cell(safeText(profile, 64))}.`,
  ];
}

function scenarioRow(scenario: ScenarioScore): string {
  const { id, verdict, stage, arms } = scenario;
  const { unguarded, guarded, benign } = arms;
  const how = stage === null ? '' : ` (${stage})`;
  const columns = [
    cell(safeText(id, 64)),
    `${VERDICT_WORDS[verdict]}${how}`,
    `${severityOf(unguarded)} → ${severityOf(guarded)}`,
    worstHarm(scenario),
    BENIGN[benign?.outcome ?? 'unknown'],
  ];
  return `| ${columns.join(' | ')} |`;
}

const BENIGN = { allowed: 'let through', late: 'LATE', blocked: 'BLOCKED', unknown: 'not known' } as const;

function severityOf(arm: ArmScore | null): string {
  if (arm === null || arm.harm === null) return '?';
  return arm.severity === null ? 'none' : `Sev-${arm.severity}`;
}

/** The first harm of the comparison, the severity aside: what is worst comes first there. */
function worstHarm(scenario: ScenarioScore): string {
  const [, worst] = harmRows(scenario);
  if (worst === undefined) return 'none';
  return `${cell(worst.label)}: ${cell(worst.unguarded)} → ${cell(worst.guarded)}`;
}
