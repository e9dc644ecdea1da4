import { digestOf } from '../../kernel/digest.ts';
import { stableJson } from '../../kernel/stable-json.ts';
import { safeText } from '../../report/safe-text.ts';
import { plural } from '../../report/words.ts';
import type { NotificationSpec } from '../../scenario/notification-schema.ts';
import type { Scoreboard } from '../scoreboard.ts';
import { NOTICE_SCHEMA, type Notice, type NoticeResult, type Occurrence } from './notice.ts';

const MOST_OCCURRENCES = 50;
const MOST_REASONS = 20;

/** What a notice is written from. */
export interface NoticeFacts {
  readonly gameDay: string;
  readonly title: string;
  /** ISO 8601. */
  readonly at: string;
  readonly occurrences: readonly Occurrence[];
  /** Null: nothing was run. */
  readonly board: Scoreboard | null;
  readonly isComplete: boolean;
}

/** The notice for one channel; null when nothing happened that it asked for. */
export function writeNotice(facts: NoticeFacts, { on }: Pick<NotificationSpec, 'on'>): Notice | null {
  const wanted = facts.occurrences.filter(({ events }) => events.some(event => on.includes(event)));
  if (wanted.length === 0) return null;
  const gameDay = safeText(facts.gameDay, 64);
  const about = facts.board?.runId ?? facts.at;
  const told = wanted.map(({ events, scenario, profile, after }) => ({ events, scenario, profile, after }));
  return {
    schema: NOTICE_SCHEMA,
    // Of what it says, not of when it was written: written again after a crash it is the same one.
    id: `${gameDay}-${digestOf(stableJson({ about, told })).replace(/^.*:/, '').slice(0, 24)}`,
    isTest: false,
    at: facts.at,
    gameDay,
    title: safeText(facts.title),
    headline: headlineOf(gameDay, wanted),
    occurrences: wanted.slice(0, MOST_OCCURRENCES),
    omitted: Math.max(0, wanted.length - MOST_OCCURRENCES),
    result: facts.board === null ? null : resultOf(facts.board, facts.isComplete),
  };
}

/** A notice that says that it is none: to see whether it arrives. */
export function testNotice(facts: Pick<NoticeFacts, 'gameDay' | 'title' | 'at'>): Notice {
  const gameDay = safeText(facts.gameDay, 64);
  return {
    schema: NOTICE_SCHEMA,
    id: `${gameDay}-test-${facts.at.replaceAll(/[^0-9]/g, '')}`,
    isTest: true,
    at: facts.at,
    gameDay,
    title: safeText(facts.title),
    headline: `[test] ${gameDay}: a test of its notifications; nothing happened`,
    occurrences: [],
    omitted: 0,
    result: null,
  };
}

function headlineOf(gameDay: string, occurrences: readonly Occurrence[]): string {
  const missed = occurrences.find(({ events }) => events.includes('schedule-missed'));
  if (missed !== undefined) return `${gameDay} did not run as scheduled`;
  const scenarios = occurrences.filter(({ scenario }) => scenario !== null);
  const escaped = scenarios.filter(({ after }) => after === 'escaped').length;
  const recovered = scenarios.filter(({ events }) => events.includes('recovery')).length;
  const others = scenarios.length - escaped - recovered;
  const [whole] = occurrences.filter(({ scenario }) => scenario === null);
  const parts = [
    escaped === 0 ? '' : `${escaped} escaped`,
    recovered === 0 ? '' : `${plural(recovered, 'escape')} contained again`,
    others === 0 ? '' : `${plural(others, 'verdict')} changed`,
    whole?.events.includes('recovery') === true ? 'holds again' : '',
  ].filter(part => part !== '');
  return `${gameDay}: ${parts.length === 0 ? `ended, ${whole?.after ?? 'without a result'}` : parts.join(', ')}`;
}

function resultOf(board: Scoreboard, isComplete: boolean): NoticeResult {
  const { contained, escaped, expected, inconclusive, neverRun } = board.verdicts;
  return {
    runId: safeText(board.runId, 200),
    isComplete,
    verdicts: { contained, escaped, expected, inconclusive, neverRun },
    score: board.score.value,
    exit: { code: board.exit.code, name: board.exit.name },
    reasons: board.exit.reasons.slice(0, MOST_REASONS).map(({ because }) => safeText(because, 500)),
    note: safeText(board.note, 1_000),
  };
}
