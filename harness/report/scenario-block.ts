import type { ScenarioScore } from '../score/scorecard.ts';
import { attributionSentence } from './attribution-words.ts';
import { basisSentence } from './basis-words.ts';
import { benignSentence } from './benign-words.ts';
import { browserSentence } from './browser-words.ts';
import { budgetSentence } from './budget-words.ts';
import { cutTo, padTo, wrap } from './columns.ts';
import { attemptsSentence } from './guarded-words.ts';
import { type HarmRow, screenRows } from './harm-rows.ts';
import { layOut, type Part } from './labelled.ts';
import { deedWords, doerWords } from './mistake-words.ts';
import type { Paint } from './paint.ts';
import { phaseBlock } from './phase-words.ts';
import { adviceFor } from './reason-words.ts';
import { recordSentence } from './record-words.ts';
import { safeText } from './safe-text.ts';
import { causedSentence, sensitivitySentence } from './seed-words.ts';
import { formatTime, plural, stageSentence, VERDICT_WORDS } from './words.ts';

const WIDTH = 80;
const MOST_LINES = 24;
const MOST_ROWS = 7;
const LEAST_ROWS = 5;
const LABEL_WIDTH = 40;
const COLUMN_WIDTH = 18;
const TONES = { contained: 'good', escaped: 'bad', inconclusive: 'warn' } as const;

export interface BlockOptions {
  readonly paint: Paint;
  /** `1/2`. */
  readonly number: string;
  readonly profile: string;
}

/** One scenario on one screen: at most 24 lines of 80 columns. What does not fit is in the Markdown report. */
export function scenarioBlock(scenario: ScenarioScore, { paint, number, profile }: BlockOptions): string[] {
  const title = cutTo(`[${number}] ${safeText(scenario.id, 64)}: ${safeText(scenario.title, 200)}`, WIDTH);
  const verdict = verdictLines(scenario);
  const head = layOut(headParts(scenario), 5);
  const fixed = 2 + verdict.length + head.length;
  const foot = layOut(footParts(scenario), MOST_LINES - fixed - LEAST_ROWS - 1);
  const room = Math.min(MOST_ROWS, MOST_LINES - fixed - foot.length - 1);
  const { rows, hidden } = screenRows(scenario, room);
  return [
    paint('strong', title),
    ...verdict.map(line => paint(TONES[scenario.verdict], line)),
    ...head,
    row({ label: '', unguarded: 'no guardrails', guarded: safeText(profile, 64) }),
    ...rows.map(row),
    ...foot,
    ...layOut([moreInReport(scenario, hidden)], 1),
  ];
}

/** Two lines at most; three where something must be done about it. */
function verdictLines(scenario: ScenarioScore): string[] {
  const { verdict, detail, stage } = scenario;
  const why = hasUsedNothing(scenario)
    ? ', none of the budget used.'
    : verdict === 'contained'
      ? '.'
      : `: ${safeText(detail, 200)}.`;
  const end = verdict === 'inconclusive' ? adviceFor(scenario.reason) : stageSentence(scenario);
  const hasEnd = verdict === 'inconclusive' || stage !== null;
  const lines = wrap(`${VERDICT_WORDS[verdict]}${why} ${hasEnd ? (end ?? '') : ''}`.trim(), { width: WIDTH });
  return lines.length <= 4 ? lines : [...lines.slice(0, 3), cutTo(`${lines[3]} …`, WIDTH)];
}

/** Then the verdict says so. */
function hasUsedNothing({ verdict, budgetShare }: ScenarioScore): boolean {
  return verdict === 'contained' && budgetShare === 0;
}

function headParts(scenario: ScenarioScore): Part[] {
  const doer = doerWords(scenario);
  const task = scenario.mistakeBy === null ? '' : safeText(scenario.mistakeBy.task, 200);
  return parts([
    ['Task', doer === null ? null : `${doer}: "${task}"`, 2],
    ['Did', deedWords(scenario), 2],
  ]);
}

function footParts(scenario: ScenarioScore): Part[] {
  const { unguarded } = scenario.arms;
  const outage = unguarded?.harm?.outages[0];
  const isJudged = scenario.verdict !== 'inconclusive';
  return parts([
    ['Outage', outage === undefined ? null : phaseBlock(outage, noticed(scenario)), 4],
    ['Basis', basisSentence(scenario), 3],
    ['Browser', browserSentence(scenario), 3],
    ['Guarded', attemptsSentence(scenario), 3],
    ['Re-run', attributionSentence(scenario), 2],
    ['Caution', causedSentence(scenario), 1],
    ['Budget', isJudged && !hasUsedNothing(scenario) ? budgetSentence(scenario) : null, 1],
    ['Benign', benignSentence(scenario), 3],
    ['Seeds', sensitivitySentence(scenario), 2],
    ['Record', isJudged ? recordSentence(scenario.fidelity) : null, 3],
  ]);
}

function noticed({ arms: { unguarded } }: ScenarioScore): string {
  if (unguarded === null || unguarded.moments.effectMs === null) return '';
  if (unguarded.timeToDetectMs === null) return ', never noticed';
  const by = unguarded.moments.detected?.by ?? null;
  return `, noticed after ${formatTime(unguarded.timeToDetectMs)}${by === null ? '' : ` (${safeText(by, 64)})`}`;
}

function moreInReport({ record }: ScenarioScore, hidden: number): Part {
  const things = [
    ...(hidden > 0 ? [plural(hidden, 'more harm')] : []),
    ...(record === null ? [] : ['disputed and simulated parts']),
    'all steps',
  ];
  return { label: 'More', text: `${things.join(', ')}: see report.md`, most: 1 };
}

function parts(all: readonly (readonly [label: string, text: string | null, most: number])[]): Part[] {
  return all.flatMap(([label, text, most]) => (text === null ? [] : [{ label, text, most }]));
}

function row({ label, unguarded, guarded }: Omit<HarmRow, 'isLeft'>): string {
  const cells = [
    padTo(cutTo(label, LABEL_WIDTH - 1), LABEL_WIDTH),
    padTo(cutTo(unguarded, COLUMN_WIDTH - 1), COLUMN_WIDTH),
  ];
  return `  ${cells.join('')}${cutTo(guarded, WIDTH - LABEL_WIDTH - COLUMN_WIDTH - 2)}`.trimEnd();
}
