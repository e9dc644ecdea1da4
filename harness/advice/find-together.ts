import { keyOf } from './candidates.ts';
import { compatible, type ProfileChange } from './profile-change.ts';
import { byCost, type Confirmation, type FoundSet, overBlocks } from './trial.ts';

/** A set of changes under which every scenario is contained, those that held before included. */
export interface TogetherSet {
  readonly changes: readonly ProfileChange[];
  /** By scenario. */
  readonly confirmed: ReadonlyMap<string, Confirmation>;
  readonly isMinimal: boolean;
}

export interface TogetherDeps {
  /** Re-runs all scenarios with the changes; null when it was stopped. */
  readonly confirm: (changes: readonly ProfileChange[]) => Promise<ReadonlyMap<string, Confirmation> | null>;
}

/** Sets that are tried; each is a re-run of every scenario. */
const MOST_SETS = 4;

/**
 * One set for all: a set that was found for every escape, else the cheapest ones of each put together, with what is not
 * needed left out. `found`: what flips each escape, the cheapest first. Null when there is none among those tried.
 */
export async function findTogether(
  found: readonly (readonly FoundSet[])[],
  deps: TogetherDeps,
): Promise<TogetherSet | null> {
  const [first, ...others] = found;
  if (first === undefined || found.some(sets => sets.length === 0)) return null;
  const shared = first.filter(set =>
    others.every(sets => sets.some(other => keyOf(other.changes) === keyOf(set.changes))),
  );
  const sets = [...shared.toSorted(byCost).map(({ changes }) => changes), union(found)];
  let spare: TogetherSet | null = null;
  for (const changes of sets.slice(0, MOST_SETS)) {
    const confirmed = await deps.confirm(changes);
    if (confirmed === null) return spare;
    if (!holds(confirmed)) continue;
    const reduced = await leaveOut({ changes, confirmed, isMinimal: false }, deps);
    if (![...reduced.confirmed.values()].some(overBlocks)) return reduced;
    spare ??= reduced;
  }
  return spare;
}

/** The cheapest set of each escape, put together; of two that set the same, the first stays. */
function union(found: readonly (readonly FoundSet[])[]): readonly ProfileChange[] {
  return compatible(found.flatMap(sets => sets[0]?.changes ?? []));
}

async function leaveOut(given: TogetherSet, deps: TogetherDeps): Promise<TogetherSet> {
  let kept = given;
  if (given.changes.length < 2) return { ...given, isMinimal: true };
  for (const change of given.changes) {
    const changes = kept.changes.filter(other => other !== change);
    if (changes.length === 0) break;
    const confirmed = await deps.confirm(changes);
    if (confirmed === null) return kept;
    if (holds(confirmed)) kept = { changes, confirmed, isMinimal: false };
  }
  return { ...kept, isMinimal: true };
}

function holds(confirmed: ReadonlyMap<string, Confirmation>): boolean {
  return [...confirmed.values()].every(({ verdict }) => verdict === 'contained');
}
