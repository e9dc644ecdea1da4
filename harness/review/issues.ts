import { safeText } from '../report/safe-text.ts';
import type { Verdict } from '../score/verdict.ts';

/** What became of one scenario, as far as issues go. */
export interface Judged {
  readonly id: string;
  readonly verdict: Verdict;
  readonly overBlocked: boolean;
  /** What became of the same task done properly. */
  readonly benign: 'allowed' | 'late' | 'blocked' | 'unknown' | 'not run';
}

export interface IssueChanges {
  /** Sentences: escapes and over-blocks that `before` did not have. */
  readonly discovered: readonly string[];
  /** Those that `after` no longer has. */
  readonly fixed: readonly string[];
}

/**
 * Issues that came and went. Nothing is discovered or fixed where one side proves nothing: an escape that is
 * inconclusive the next time is not fixed. Swapping the sides swaps the two lists.
 */
export function issueChanges(before: Judged, after: Judged): IssueChanges {
  const issues = [
    {
      sentence: `${safeText(after.id, 64)} escapes`,
      sides: [before, after].map(({ verdict }) =>
        verdict === 'inconclusive' ? null : verdict === 'escaped',
      ),
    },
    {
      sentence: `${safeText(after.id, 64)}: the same task done properly is not let through in time`,
      sides: [before, after].map(({ benign, overBlocked }) => (isKnown(benign) ? overBlocked : null)),
    },
  ];
  const changed = (old: boolean, now: boolean) =>
    issues.filter(({ sides: [a, b] }) => a === old && b === now).map(({ sentence }) => sentence);
  return { discovered: changed(false, true), fixed: changed(true, false) };
}

function isKnown(benign: Judged['benign']): boolean {
  return benign !== 'unknown' && benign !== 'not run';
}
