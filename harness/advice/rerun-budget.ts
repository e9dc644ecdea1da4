import type { ProfileChange } from './profile-change.ts';
import type { SearchDeps } from './search-changes.ts';
import type { Confirmation, Trial } from './trial.ts';

type Deps = Pick<SearchDeps, 'judge' | 'confirm' | 'atOnce' | 'onTried'>;

/** Re-runs sets of changes, a few at once and up to a bound, and remembers that a stop was asked for. */
export class RerunBudget {
  /** Sets that were tried. */
  tried = 0;
  /** A re-run was stopped: nothing more is begun. */
  isStopped = false;
  /** A set was left untried for the bound's sake. */
  isSpent = false;
  private readonly deps: Deps;

  constructor(deps: Deps) {
    this.deps = deps;
  }

  /**
   * In the order of the sets; null for one that was not tried, or whose re-run was stopped. `onContained` is told of a
   * set while others are still going, so that a stop loses no more than what is under way.
   */
  async judgeAll(
    sets: readonly (readonly ProfileChange[])[],
    most: number,
    onContained: (changes: readonly ProfileChange[]) => Promise<void> = async () => undefined,
  ): Promise<readonly (Trial | null)[]> {
    const room = Math.max(0, most - this.tried);
    if (sets.length > room) this.isSpent = true;
    const taken = this.isStopped ? [] : sets.slice(0, room);
    this.tried += taken.length;
    const trials: (Trial | null)[] = sets.map(() => null);
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < taken.length && !this.isStopped; index = next++) {
        const changes = taken[index] ?? [];
        const trial = await this.deps.judge(changes);
        trials[index] = trial;
        if (trial === null) this.isStopped = true;
        this.deps.onTried(this.tried - taken.length + trials.filter(known => known !== null).length);
        if (trial?.verdict === 'contained') await onContained(changes);
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, this.deps.atOnce) }, worker));
    if (this.isStopped) this.tried += trials.filter(known => known !== null).length - taken.length;
    return trials;
  }

  async confirm(changes: readonly ProfileChange[]): Promise<Confirmation | null> {
    if (this.isStopped) return null;
    const confirmed = await this.deps.confirm(changes);
    if (confirmed === null) this.isStopped = true;
    return confirmed;
  }
}
