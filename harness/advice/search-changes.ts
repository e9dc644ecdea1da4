import type { KnownDefinition } from './candidates.ts';
import { keyOf, refinements } from './candidates.ts';
import { areCompatible, compatible, type ProfileChange } from './profile-change.ts';
import { RerunBudget } from './rerun-budget.ts';
import { byCost, type Confirmation, type FoundSet, overBlocks, type Trial } from './trial.ts';

export interface SearchDeps {
  /** Re-runs the guarded arm; null when it was stopped. It may end early when nothing landed. */
  readonly judge: (changes: readonly ProfileChange[]) => Promise<Trial | null>;
  /** Re-runs the guarded arm to its end and the benign arm; null when they were stopped. */
  readonly confirm: (changes: readonly ProfileChange[]) => Promise<Confirmation | null>;
  readonly definitions: ReadonlyMap<string, KnownDefinition>;
  /** How many re-runs go on at once. */
  readonly atOnce: number;
  /** Most sets of changes that are tried. */
  readonly most: number;
  /** Told of each set that flips the verdict, as soon as it is confirmed. */
  readonly onFound: (found: FoundSet) => void;
  readonly onTried: (tried: number) => void;
}

export interface SearchResult {
  /** The cheapest first; those that over-block last. */
  readonly found: readonly FoundSet[];
  /** Sets of changes that were tried. */
  readonly tried: number;
  /** Sets were left untried, since the bound was reached. */
  readonly reachedBound: boolean;
  /** False when a stop was asked for. */
  readonly isWhole: boolean;
}

/** Pairs and larger sets are looked for until so many are found. */
const ENOUGH = 5;
/** Of the bound, the part that single changes and pairs leave to the largest set. */
const KEPT_FOR_LARGEST = 0.25;

/**
 * Looks for the smallest sets of changes that flip an escape: every single change, then pairs, then all changes at once,
 * reduced by leaving out one after the other. It goes on to larger sets only while none is found that lets the same task
 * done properly through. Which sets are tried does not depend on how long re-runs take.
 */
export async function searchChanges(
  singles: readonly ProfileChange[],
  deps: SearchDeps,
): Promise<SearchResult> {
  const search = new Search(singles, deps);
  await search.trySingles();
  if (search.wantsMore) await search.tryPairs();
  if (search.wantsMore) await search.tryLargest();
  return search.result;
}

interface TriedSingle {
  readonly change: ProfileChange;
  readonly trial: Trial;
}

class Search {
  private readonly singles: readonly ProfileChange[];
  private readonly deps: SearchDeps;
  private readonly budget: RerunBudget;
  private readonly found: FoundSet[] = [];
  /** Single changes that did not flip the verdict. */
  private helpless: readonly TriedSingle[] = [];

  constructor(singles: readonly ProfileChange[], deps: SearchDeps) {
    this.singles = singles;
    this.deps = deps;
    this.budget = new RerunBudget(deps);
  }

  get wantsMore(): boolean {
    return !this.budget.isStopped && !this.found.some(({ confirmed }) => !overBlocks(confirmed));
  }

  get result(): SearchResult {
    return {
      found: this.found.toSorted(byCost),
      tried: this.budget.tried,
      reachedBound: this.budget.isSpent,
      isWhole: !this.budget.isStopped,
    };
  }

  async trySingles(): Promise<void> {
    const sets = this.singles.map(change => [change]);
    const trials = await this.judgeAndConfirm(sets, this.deps.most);
    this.helpless = this.singles.flatMap((change, index) => {
      const trial = trials[index] ?? null;
      return trial === null || trial.verdict === 'contained' ? [] : [{ change, trial }];
    });
  }

  /** Pairs of changes that do not flip it alone, those that helped most first; a few at a time, until enough are found. */
  async tryPairs(): Promise<void> {
    const pairs = pairsOf(this.helpless, this.deps.definitions);
    const most = Math.floor(this.deps.most * (1 - KEPT_FOR_LARGEST));
    for (let from = 0; from < pairs.length && this.canGoOn(most); from += this.deps.atOnce) {
      const sets = pairs.slice(from, from + this.deps.atOnce);
      await this.judgeAndConfirm(sets, most);
    }
  }

  /** Everything that does not flip it alone, at once; then one after the other is left out where it is not needed. */
  async tryLargest(): Promise<void> {
    // Of several values of one option the last, which is the furthest.
    const all = compatible(this.helpless.map(({ change }) => change).toReversed()).toReversed();
    if (all.length < 3) return;
    const [whole] = await this.budget.judgeAll([all], this.deps.most);
    if (whole?.verdict !== 'contained') return;
    const { set, isMinimal } = await leaveOut(all, this.budget, this.deps.most);
    await this.confirm(set, isMinimal);
  }

  private canGoOn(most: number): boolean {
    return !this.budget.isStopped && this.budget.tried < most && this.found.length < ENOUGH;
  }

  /** Pairs are of changes that were tried alone, so that they are minimal by what is known. */
  private async judgeAndConfirm(
    sets: readonly (readonly ProfileChange[])[],
    most: number,
  ): Promise<readonly (Trial | null)[]> {
    const trials = await this.budget.judgeAll(sets, most, changes => this.confirm(changes, true));
    // Re-runs end in any order; what is found does not depend on it.
    const order = sets.map(keyOf);
    this.found.sort((a, b) => order.indexOf(keyOf(a.changes)) - order.indexOf(keyOf(b.changes)));
    return trials;
  }

  private async confirm(changes: readonly ProfileChange[], isMinimal: boolean): Promise<void> {
    const confirmed = await this.budget.confirm(changes);
    if (confirmed === null || confirmed.verdict !== 'contained') return;
    const found = { changes, confirmed, isMinimal };
    this.found.push(found);
    this.deps.onFound(found);
  }
}

/** Leaves out one change after the other, for good where the verdict stays contained without it. */
async function leaveOut(
  all: readonly ProfileChange[],
  budget: RerunBudget,
  most: number,
): Promise<{ readonly set: readonly ProfileChange[]; readonly isMinimal: boolean }> {
  let set = all;
  for (const change of all) {
    const less = set.filter(other => other !== change);
    if (less.length === 0) break;
    const [trial] = await budget.judgeAll([less], most);
    if (trial === undefined || trial === null) return { set, isMinimal: false };
    if (trial.verdict === 'contained') set = less;
  }
  return { set, isMinimal: true };
}

function pairsOf(
  tried: readonly TriedSingle[],
  definitions: SearchDeps['definitions'],
): (readonly ProfileChange[])[] {
  const ranked = tried.toSorted((a, b) => (b.trial.containment ?? 0) - (a.trial.containment ?? 0));
  const pairs = ranked.flatMap((second, index) =>
    ranked
      .slice(0, index)
      .filter(first => areCompatible(first.change, second.change))
      .map(first => [first.change, second.change]),
  );
  // An addition whose defaults do nothing may need one option more.
  const refined = ranked.flatMap(({ change }) =>
    refinements(change, definitions).map(option => [change, option]),
  );
  return [...refined, ...pairs];
}
