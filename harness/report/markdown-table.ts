import type { ArmScore, ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { fitWithin } from './fit-within.ts';
import { cell } from './markdown-text.ts';
import { safeText } from './safe-text.ts';
import { formatTime, plural, VERDICT_WORDS } from './words.ts';

const MOST_TABLE_BYTES = 6_000;

/** One row a scenario: the verdict, and the harm without and with guardrails. Rows that have no room are counted. */
export function markdownTable(
  scenarios: readonly ScenarioScore[],
  { profile, neverRun }: Scorecard,
): string[] {
  const names = neverRun.map(id => [[`| ${cell(safeText(id, 64))} | NEVER RUN | | | |`]]);
  const rows = fitWithin([...scenarios.map(scenario => [[scenarioRow(scenario)]]), ...names], MOST_TABLE_BYTES);
  return [
    '| scenario | verdict | severity | longest outage | same task done properly |',
    '|---|---|---|---|---|',
    ...rows.lines,
    ...(rows.leftOut === 0 ? [] : [`| ${plural(rows.leftOut, 'more row')} left out | | | | |`]),
    '',
    `Severity and outage: without guardrails → with ${cell(safeText(profile, 64))}.`,
  ];
}

function scenarioRow({ id, verdict, stage, arms: { unguarded, guarded, benign } }: ScenarioScore): string {
  const how = stage === null ? '' : ` (${stage})`;
  const columns = [
    cell(safeText(id, 64)),
    `${VERDICT_WORDS[verdict]}${how}`,
    `${severityOf(unguarded)} → ${severityOf(guarded)}`,
    `${longestOutage(unguarded)} → ${longestOutage(guarded)}`,
    BENIGN[benign?.outcome ?? 'unknown'],
  ];
  return `| ${columns.join(' | ')} |`;
}

const BENIGN = { allowed: 'let through', late: 'LATE', blocked: 'BLOCKED', unknown: 'not known' } as const;

function severityOf(arm: ArmScore | null): string {
  if (arm === null || arm.harm === null) return '?';
  return arm.severity === null ? 'none' : `Sev-${arm.severity}`;
}

function longestOutage(arm: ArmScore | null): string {
  if (arm === null || arm.harm === null) return '?';
  return formatTime(arm.harm.outages[0]?.durationMs ?? 0);
}
