import { cutTo, padTo } from '../../report/columns.ts';
import { formatShare } from '../../report/words.ts';
import type { ScenarioOverview } from '../../review/overview.ts';
import type { Brush } from './brush.ts';
import { sized } from './text.ts';
import { VERDICT_WIDTH, verdictText } from './words.ts';

const COLUMNS = { severity: 15, contained: 11, benign: 10 };

function nameWidth(columns: number): number {
  const { severity, contained, benign } = COLUMNS;
  return Math.min(44, Math.max(14, columns - VERDICT_WIDTH - 1 - severity - contained - benign - 9));
}

export function scenarioRowHeading(columns: number, brush: Brush): string {
  const { severity, contained, benign } = COLUMNS;
  const text = `${padTo('  Scenario', nameWidth(columns))}${padTo(' Verdict', VERDICT_WIDTH + 1)}${padTo('Severity', severity)}${padTo('Contained', contained)}${padTo('Benign', benign)}Record`;
  return brush('dim', cutTo(text, columns));
}

/** One scenario in a row: verdict, severity without and with guardrails, containment, the same task done properly, the public record. */
export function scenarioRow(
  scenario: ScenarioOverview,
  { isChosen, columns }: { readonly isChosen: boolean; readonly columns: number },
  brush: Brush,
): string {
  const name = sized(`${isChosen ? '▸' : ' '} ${scenario.id}`, nameWidth(columns));
  const verdict = verdictText(scenario.verdict, (tone, text) => (isChosen ? text : brush(tone, text)));
  const rest = [
    padTo(severityWords(scenario), COLUMNS.severity),
    padTo(containedWords(scenario), COLUMNS.contained),
    padTo(benignWords(scenario), COLUMNS.benign),
    recordWords(scenario),
  ].join('');
  const line = `${name} ${verdict}${rest}`;
  return isChosen ? brush('cursor', sized(line, columns)) : line;
}

function severityWords({ severity, verdict, arms }: ScenarioOverview): string {
  if (verdict === 'not judged') return progressWords(arms);
  const word = (value: number | null) => (value === null ? 'none' : `Sev-${value}`);
  return `${word(severity.unguarded)} → ${word(severity.guarded)}`;
}

/** Calm, unguarded, guarded, benign. */
const ARMS = 4;

/** While it runs: how far its arms have come together. */
function progressWords(arms: ScenarioOverview['arms']): string {
  if (arms.length === 0) return '';
  const share =
    arms.reduce((sum, { status, progress }) => sum + (status === 'cut' ? progress : 1), 0) /
    Math.max(arms.length, ARMS);
  const full = Math.round(share * 8);
  return `${'█'.repeat(full)}${'░'.repeat(8 - full)} ${Math.floor(share * 100)}%`;
}

function containedWords({ containmentRatio }: ScenarioOverview): string {
  return containmentRatio === null ? '-' : formatShare(containmentRatio);
}

function benignWords({ benign, overBlocked, verdict }: ScenarioOverview): string {
  if (overBlocked) return '✗ blocked';
  return benign === null || verdict === 'not judged' ? '-' : '✓ let by';
}

function recordWords({ claims }: ScenarioOverview): string {
  if (claims.length === 0) return '-';
  const met = claims.filter(claim => claim.met).length;
  return `${met === claims.length ? '✓' : '✗'} ${met}/${claims.length}`;
}
