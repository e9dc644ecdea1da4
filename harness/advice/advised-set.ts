import type { PlannedProfile } from '../plan/plan.ts';
import { formatTime } from '../report/words.ts';
import type { RouteResult } from '../score/routes.ts';
import type { AdvisedSet, AdvisedTogether, Route } from './advice-document.ts';
import { changesWords } from './change-words.ts';
import type { TogetherSet } from './find-together.ts';
import { applyChanges, guardrailOf, type ProfileChange } from './profile-change.ts';
import { profileDiff } from './profile-text.ts';
import type { SeedCheck } from './seed-check.ts';
import { type FoundSet, overBlocks, type TrialCost } from './trial.ts';

/** Where the changed profile lies, and how it is tested. */
export type TestIt = Pick<AdvisedSet, 'file' | 'command'>;

/** A set as the document has it. `before`: what harmless work cost without it. */
export function advisedSet(
  { changes, confirmed, isMinimal, seeds }: FoundSet & { readonly seeds: SeedCheck },
  given: { readonly profile: PlannedProfile; readonly before: TrialCost | null; readonly test: TestIt },
): AdvisedSet {
  return {
    ...partsOf(changes, given.profile),
    verdict: seeds.notContained.length > 0 ? 'escaped' : confirmed.verdict,
    friction: costWords(confirmed.cost, given.before),
    cost: confirmed.cost,
    overBlocks: overBlocks(confirmed) || seeds.overBlocked.length > 0,
    ...{ isMinimal, seeds },
    routes: {
      open: routesIn(confirmed.routes, 'passed'),
      notTried: routesIn(confirmed.routes, 'not-tried'),
    },
    ...given.test,
  };
}

/** A set for all escapes as the document has it. */
export function advisedTogether(
  { changes, confirmed, isMinimal, seeds }: TogetherSet & { readonly seeds: SeedCheck },
  given: { readonly profile: PlannedProfile; readonly test: TestIt },
): AdvisedTogether {
  const scenarios = [...confirmed].map(([id, { verdict, cost }]) => ({ id, verdict, cost }));
  const blocking = [...confirmed].filter(([, confirmation]) => overBlocks(confirmation)).map(([id]) => id);
  const longestMs = Math.max(0, ...scenarios.map(({ cost }) => cost.waitedMs ?? 0));
  const reviewMs = scenarios.reduce((sum, { cost }) => sum + cost.reviewerMs, 0);
  const through =
    blocking.length === 0 ? 'harmless work let through in time' : `OVER-BLOCKS in ${blocking.join(', ')}`;
  return {
    ...partsOf(changes, given.profile),
    verdict: seeds.notContained.length > 0 ? 'escaped' : 'contained',
    friction: `${through}; waited ${formatTime(longestMs)} at most, ${minutes(reviewMs)} in all`,
    overBlocks: blocking.length > 0 || seeds.overBlocked.length > 0,
    ...{ isMinimal, seeds },
    scenarios,
    ...given.test,
  };
}

/** `harmless work let through in time; waited 45m42s (before: 0 min), 22 reviewer minutes`. */
function costWords({ outcome, waitedMs, reviewerMs }: TrialCost, before: TrialCost | null): string {
  const was =
    before === null || before.waitedMs === waitedMs ? '' : ` (before: ${formatTime(before.waitedMs)})`;
  const waited = outcome === 'blocked' ? '' : `; waited ${formatTime(waitedMs)}${was}`;
  return `${OUTCOMES[outcome]}${waited}, ${minutes(reviewerMs)}`;
}

const OUTCOMES: Readonly<Record<TrialCost['outcome'], string>> = {
  allowed: 'harmless work let through in time',
  late: 'OVER-BLOCKS: harmless work was late',
  blocked: 'OVER-BLOCKS: harmless work was blocked',
  unknown: 'OVER-BLOCKS for all that is known: harmless work did not end',
};

function partsOf(
  changes: readonly ProfileChange[],
  profile: PlannedProfile,
): Pick<AdvisedSet, 'summary' | 'guardrail' | 'parts' | 'diff'> {
  return {
    summary: changesWords(changes),
    guardrail: [...new Set(changes.map(guardrailOf))].join(', '),
    parts: changes,
    diff: profileDiff(profile, applyChanges(profile, changes)),
  };
}

function routesIn(routes: readonly RouteResult[], wanted: RouteResult['state']): Route[] {
  return routes.filter(({ state }) => state === wanted).map(({ door, verb }) => ({ door, verb }));
}

function minutes(durationMs: number): string {
  const count = Math.round(durationMs / 60_000);
  return `${count} reviewer minute${count === 1 ? '' : 's'}`;
}
