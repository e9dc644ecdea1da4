import { keyOf } from '../advice/candidates.ts';
import { type SeedCheck, seedCheckOf } from '../advice/seed-check.ts';
import { byCost, type Confirmation, type FoundSet } from '../advice/trial.ts';
import { createReruns, type RerunDeps, type Reruns } from './advise-reruns.ts';
import { type AdviseCase, type AdviseRun, atOtherSeeds } from './advise-run.ts';
import type { Output } from './output.ts';

/** A set of changes, and at which seeds of the run it was tried. */
export interface CheckedSet extends FoundSet {
  readonly seeds: SeedCheck;
}

/** One scenario of the run at all its seeds but the one that its score shows. */
export interface OtherSeeds {
  readonly all: readonly string[];
  readonly reruns: readonly { readonly seed: string; readonly reruns: Reruns }[];
}

/** Sets that hold are looked for until there are so many: each is a re-run at every seed. */
const ENOUGH = 3;

export function otherSeeds(given: AdviseCase, run: AdviseRun, deps: RerunDeps): OtherSeeds {
  const cases = atOtherSeeds(given, run);
  return {
    all: run.card.seeds,
    reruns: cases.map(other => ({ seed: other.seed, reruns: createReruns(other, run.path, deps) })),
  };
}

/** What is known of a set before any other seed was tried. */
export function notYetChecked(set: FoundSet, seed: string, all: readonly string[]): CheckedSet {
  return { ...set, seeds: seedCheckOf(all, new Map([[seed, [set.confirmed]]])) };
}

/**
 * Runs the sets again at the run's other seeds, the cheapest first, until enough of them hold at all. Those that hold come
 * first, then those that were not tried, then those that do not hold everywhere.
 */
export async function checkAtSeeds(
  found: readonly FoundSet[],
  given: { readonly id: string; readonly seed: string; readonly others: OtherSeeds; readonly output: Output },
): Promise<readonly CheckedSet[]> {
  const { id, seed, others, output } = given;
  const checked: CheckedSet[] = [];
  let holding = 0;
  for (const set of found) {
    if (others.reruns.length === 0 || holding === ENOUGH) {
      checked.push(notYetChecked(set, seed, others.all));
      continue;
    }
    output.progress(`${id}: set ${checked.length + 1} of ${found.length} at the run's other seeds`);
    const seeds = await checkAtOthers(set, seed, others);
    if (isHolding(seeds)) holding++;
    checked.push({ ...set, seeds });
  }
  return checked.toSorted((a, b) => rankOf(a) - rankOf(b) || byCost(a, b));
}

/** Ends at the first seed at which the set does not hold. */
async function checkAtOthers(set: FoundSet, seed: string, { all, reruns }: OtherSeeds): Promise<SeedCheck> {
  const confirmed = new Map<string, Confirmation[]>([[seed, [set.confirmed]]]);
  for (const other of reruns) {
    const result = await other.reruns.confirm(set.changes);
    if (result === null) break;
    confirmed.set(other.seed, [result]);
    if (result.verdict !== 'contained') break;
  }
  return seedCheckOf(all, confirmed);
}

/** The seeds at which a set holds in every scenario; what is known of a scenario's own sets is not run again. */
export async function checkTogether(
  changes: FoundSet['changes'],
  scenarios: readonly {
    readonly given: AdviseCase;
    readonly confirmed: Confirmation;
    readonly sets: readonly CheckedSet[];
    readonly others: OtherSeeds;
  }[],
  all: readonly string[],
): Promise<SeedCheck> {
  const confirmed = new Map<string, Confirmation[]>();
  const note = (seed: string, result: Confirmation) =>
    confirmed.set(seed, [...(confirmed.get(seed) ?? []), result]);
  for (const scenario of scenarios) {
    note(scenario.given.seed, scenario.confirmed);
    const known = scenario.sets.find(set => keyOf(set.changes) === keyOf(changes))?.seeds;
    for (const { seed, reruns } of scenario.others.reruns) {
      const isKnown = known?.contained.includes(seed) === true && !known.overBlocked.includes(seed);
      const result = isKnown ? scenario.confirmed : await reruns.confirm(changes);
      if (result === null) return onlyWhole(all, confirmed, scenarios.length);
      note(seed, result);
    }
  }
  return onlyWhole(all, confirmed, scenarios.length);
}

/** A seed at which not every scenario was run shows only what does not hold. */
function onlyWhole(
  all: readonly string[],
  confirmed: ReadonlyMap<string, readonly Confirmation[]>,
  scenarios: number,
): SeedCheck {
  const isTold = ([, results]: readonly [string, readonly Confirmation[]]) =>
    results.length === scenarios || results.some(({ verdict }) => verdict !== 'contained');
  return seedCheckOf(all, new Map([...confirmed].filter(isTold)));
}

function isHolding({ notContained, notTried, overBlocked }: SeedCheck): boolean {
  return notContained.length === 0 && notTried.length === 0 && overBlocked.length === 0;
}

function rankOf({ seeds }: CheckedSet): number {
  if (seeds.notContained.length > 0) return 3;
  if (seeds.overBlocked.length > 0) return 2;
  return isHolding(seeds) ? 0 : 1;
}
