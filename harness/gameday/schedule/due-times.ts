import { Cron } from 'croner';

/** When something is due: five fields of cron, read in an IANA time zone. */
export interface DuePattern {
  readonly cron: string;
  readonly timeZone: string;
}

/**
 * The next due time after `afterMs`, ms since 1970; null when the pattern never comes (30 February).
 *
 * What happens at the daylight-saving changes depends on the pattern, as in Vixie cron (cron(8)) and POSIX zones:
 * - A fixed time (no `*` or step in minute and hour) is due once a day. Where the clock skips it, it is due at the first
 *   minute after the gap, once even when several fall into it; where the clock repeats it, at the first of the two.
 * - An interval (with `*` or a step) follows the clock that people read: what the gap skips is not due, and what the
 *   clock repeats is due twice, so that every half hour stays every half hour.
 */
export function nextDue(pattern: DuePattern, afterMs: number): number | null {
  return cronOf(pattern).nextRun(new Date(afterMs))?.getTime() ?? null;
}

/** Due times after `afterMs` up to and including `untilMs`, at most `most`, the earliest first. */
export function dueBetween(
  pattern: DuePattern,
  { afterMs, untilMs, most }: { readonly afterMs: number; readonly untilMs: number; readonly most: number },
): number[] {
  const cron = cronOf(pattern);
  const found: number[] = [];
  let lastMs = afterMs;
  while (found.length < most) {
    const next = cron.nextRun(new Date(lastMs));
    if (next === null || next.getTime() > untilMs) break;
    lastMs = next.getTime();
    found.push(lastMs);
  }
  return found;
}

/** The last due time up to and including `untilMs`; null when there is none after `afterMs`. */
export function lastDue(
  pattern: DuePattern,
  { afterMs, untilMs }: { readonly afterMs: number; readonly untilMs: number },
): number | null {
  // The library looks at times before the given one, in whole seconds.
  const [last] = cronOf(pattern).previousRuns(1, new Date(untilMs + 1_000));
  const lastMs = last?.getTime() ?? Number.NEGATIVE_INFINITY;
  return lastMs > afterMs && lastMs <= untilMs ? lastMs : null;
}

function cronOf({ cron, timeZone }: DuePattern): Cron {
  return new Cron(cron, { paused: true, timezone: timeZone, mode: '5-part', fixedTimeRule: 'no-wildcard' });
}
