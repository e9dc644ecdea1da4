import { formatShare, plural } from '../../report/words.ts';
import type { Change } from './changes.ts';
import type { Series } from './history.ts';
import type { HistoryPoint } from './point.ts';
import type { Streak } from './streaks.ts';

/** `weekly, profile defence-in-depth`. */
export function seriesName({ gameDay, profile, baseline }: Series): string {
  const name = gameDay === null ? 'single runs' : gameDay;
  return `${name}, profile ${profile}${baseline ? ' (baseline)' : ''}`;
}

/** `7 game days, 2026-01-06 to 2026-02-17`. */
export function spanWords({ gameDay, points }: Series): string {
  const [first, last] = [points[0], points.at(-1)].map(point => dayOf(point?.startedAt ?? ''));
  const count = plural(points.length, gameDay === null ? 'run' : 'game day');
  return first === last ? `${count}, ${first}` : `${count}, ${first} to ${last}`;
}

/** `2026-03-10 10:00`, UTC; `unknown` when a manifest does not tell. */
export function timeOf(startedAt: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(startedAt) ? startedAt.slice(0, 16).replace('T', ' ') : 'unknown';
}

/** `3 of 4`. */
export function heldWords({
  verdicts: { contained, escaped, inconclusive, neverRun },
}: HistoryPoint): string {
  return `${contained} of ${contained + escaped + inconclusive + neverRun}`;
}

export function shareWords(share: number | null): string {
  return share === null ? '–' : formatShare(share);
}

export const CHANGE_WORDS: Readonly<
  Record<Change['kind'], { readonly sign: string; readonly word: string }>
> = {
  discovered: { sign: '✗', word: 'discovered' },
  fixed: { sign: '✓', word: 'fixed' },
  drifted: { sign: '!', word: 'drifted' },
  recovered: { sign: '✓', word: 'recovered' },
  'taken-out': { sign: '!', word: 'taken out' },
};

/** `2026-03-10 10:00 discovered: a-scenario escapes (since 2026-03-03 10:00; the profile was changed)`. */
export function changeSentence({ kind, what, at, comparedWith, profileChanged }: Change): string {
  const changed = profileChanged === true ? '; the profile was changed' : '';
  const then = timeOf(comparedWith.startedAt);
  return `${timeOf(at.startedAt)} ${CHANGE_WORDS[kind].word}: ${what} (compared with ${then}${changed})`;
}

/** Those of one game day keep their order: issues come before guardrails. */
export function newestFirst(changes: readonly Change[]): Change[] {
  const time = ({ at }: Change) => at.startedAt;
  return changes.toSorted((a, b) => (time(a) < time(b) ? 1 : time(a) > time(b) ? -1 : 0));
}

/** `a-scenario: contained 4 times in a row since 2026-03-10 10:00`. */
export function streakSentence({ scenario, verdict, length, since }: Streak): string {
  if (length === 1) return `${scenario}: ${verdict}, for the first time or after something else`;
  return `${scenario}: ${verdict} ${length} times in a row, since ${timeOf(since)}`;
}

function dayOf(startedAt: string): string {
  return timeOf(startedAt).slice(0, 10);
}
