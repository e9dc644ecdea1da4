import type { AdvisedTogether } from '../advice/advice-document.ts';
import { advisedTogether } from '../advice/advised-set.ts';
import { keyOf } from '../advice/candidates.ts';
import { findTogether } from '../advice/find-together.ts';
import type { ProfileChange } from '../advice/profile-change.ts';
import type { Confirmation } from '../advice/trial.ts';
import { createReruns, type Reruns } from './advise-reruns.ts';
import { type AdviseCase, rerunnable } from './advise-run.ts';
import type { AdviseSearch, ScenarioAdvice } from './advise-scenario.ts';
import { type CheckedSet, checkTogether, otherSeeds } from './advise-seeds.ts';

/** One set of changes for all escapes of the run, under which what held goes on holding; null for fewer than two, or none. */
export async function adviseTogether(
  advice: readonly ScenarioAdvice[],
  search: AdviseSearch,
): Promise<AdvisedTogether | null> {
  const escaped = advice.filter(({ again }) => again !== null);
  const first = escaped[0]?.again?.given;
  if (escaped.length < 2 || first === undefined) return null;
  const { run, output } = search;
  const all = [
    ...escaped.flatMap(({ again, found }) => (again === null ? [] : [{ ...again, found }])),
    ...heldScenarios(search),
  ];
  output.progress(`one set of changes for all: ${all.length} scenarios`);
  const set = await findTogether(
    escaped.map(({ found }) => found),
    { confirm: changes => confirmAll(all, changes) },
  );
  if (set === null) return null;
  const seeds = await checkTogether(
    set.changes,
    all.flatMap(({ given, found, others }) => {
      const confirmed = set.confirmed.get(given.score.id);
      return confirmed === undefined ? [] : [{ given, confirmed, sets: found, others }];
    }),
    run.card.seeds,
  );
  const { profile } = first.plans.guarded;
  const test = search.files.write({
    ...{
      profile,
      changes: set.changes,
      seeds: run.card.seeds,
      scenarios: all.map(({ given }) => given.score.id),
    },
    name: 'all',
    title: `${profile.id}, changed so that all are contained`,
  });
  return advisedTogether({ ...set, seeds }, { profile, test });
}

/** Those that held, and must still hold. */
function heldScenarios({ run, reruns: deps }: AdviseSearch) {
  return run.card.scenarios
    .filter(({ verdict }) => verdict === 'contained')
    .map(score => rerunnable(score, run, deps.workspace))
    .filter((given): given is AdviseCase => !('note' in given))
    .map(given => ({
      ...{ given, reruns: createReruns(given, run.path, deps), found: [] },
      others: otherSeeds(given, run, deps),
    }));
}

/** All scenarios with the changes, by their ids; null when it was stopped. */
async function confirmAll(
  all: readonly {
    readonly given: AdviseCase;
    readonly reruns: Reruns;
    readonly found: readonly CheckedSet[];
  }[],
  changes: readonly ProfileChange[],
): Promise<ReadonlyMap<string, Confirmation> | null> {
  const confirmed = new Map<string, Confirmation>();
  const results = await Promise.all(
    all.map(({ reruns, found }) => {
      // What was run with just these changes is not run again.
      const known = found.find(other => keyOf(other.changes) === keyOf(changes));
      return known?.confirmed ?? reruns.confirm(changes);
    }),
  );
  for (const [index, { given }] of all.entries()) {
    const result = results[index] ?? null;
    if (result === null) return null;
    confirmed.set(given.score.id, result);
  }
  return confirmed;
}
