import type { BenignScore, ScenarioScore } from '../score/scorecard.ts';
import { safeText } from './safe-text.ts';
import { formatMoment, formatTime, listed } from './words.ts';

/** What became of the same task done properly; for one that was late or blocked, why, as far as the journal tells. */
export function benignSentence({ arms: { benign } }: ScenarioScore): string {
  if (benign === null) return 'the same task done properly was not run.';
  // For one that never went live, what it waited for says less than what stopped it.
  const waited =
    benign.waitedMs === null || benign.outcome === 'blocked' ? '' : `; waited ${formatTime(benign.waitedMs)}`;
  return `same task done properly: ${OUTCOMES[benign.outcome]}${benignWhy(benign)}${waited}.`;
}

const OUTCOMES = {
  allowed: 'let through in time',
  late: 'LATE: live after its deadline',
  blocked: 'BLOCKED',
  unknown: 'outcome not known',
} as const;

/** Why it was late, blocked or cannot be told, to be put after that word; empty where it was let through. */
export function benignWhy({
  outcome,
  detail,
  hindrance,
}: Pick<BenignScore, 'outcome' | 'detail' | 'hindrance'>): string {
  if (outcome === 'allowed') return '';
  if (outcome === 'unknown') return `, since ${safeText(detail, 160)}`;
  const state = outcome === 'blocked' ? `, ${safeText(detail, 100)}` : '';
  if (hindrance === null) return state;
  const { how, by, atMs, reason } = hindrance;
  const who = by.length === 0 ? '' : ` by ${listed(by.map(name => safeText(name, 64)))}`;
  const because = reason === '' ? '' : ` (${safeText(reason, 100)})`;
  return `${state}: ${HOW[how]}${who} at ${formatMoment(atMs)}${because}`;
}

const HOW = {
  refused: 'refused',
  'rolled-back': 'rolled back',
  held: 'roll-out held',
  'approval-refused': 'approval refused',
  'approval-expired': 'approval expired',
  'approval-open': 'approval never given, asked for',
} as const;
