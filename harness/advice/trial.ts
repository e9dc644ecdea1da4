import type { BenignResult } from '../score/friction.ts';
import type { RouteResult } from '../score/routes.ts';
import type { Verdict } from '../score/verdict.ts';
import type { ProfileChange } from './profile-change.ts';

/** What a re-run of the guarded arm shows. */
export interface Trial {
  readonly verdict: Verdict;
  /** 0–1; null where it was not measured. */
  readonly containment: number | null;
}

/** What a set of changes costs on the same task done properly. */
export interface TrialCost {
  readonly outcome: BenignResult['outcome'];
  readonly waitedMs: number | null;
  /** Time that reviewers spent, ms. */
  readonly reviewerMs: number;
}

/** A re-run of the guarded arm to its end, with the benign arm beside it. */
export interface Confirmation extends Trial {
  readonly cost: TrialCost;
  readonly routes: readonly RouteResult[];
}

/** A set of changes that flips the verdict. */
export interface FoundSet {
  readonly changes: readonly ProfileChange[];
  readonly confirmed: Confirmation;
  /** Whether each of its changes was left out once, and the mistake then escaped. */
  readonly isMinimal: boolean;
}

/** Blocked, late, or not known: none of them is let through. */
export function overBlocks({ cost }: Confirmation): boolean {
  return cost.outcome !== 'allowed';
}

/** The cheapest on harmless work first, in the order: let through, fewer changes, less waiting, less review. */
export function byCost(a: FoundSet, b: FoundSet): number {
  const [left, right] = [a, b].map(({ changes, confirmed }) => [
    Number(overBlocks(confirmed)),
    changes.length,
    confirmed.cost.waitedMs ?? 0,
    confirmed.cost.reviewerMs,
  ]) as [number[], number[]];
  const place = left.findIndex((value, index) => value !== right[index]);
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0);
}
