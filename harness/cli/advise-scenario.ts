import type { AdvisedScenario } from '../advice/advice-document.ts';
import { advisedSet } from '../advice/advised-set.ts';
import { candidates, type KnownDefinition } from '../advice/candidates.ts';
import { type SearchResult, searchChanges } from '../advice/search-changes.ts';
import { byCost, type FoundSet } from '../advice/trial.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import type { AdviceFiles } from './advise-files.ts';
import { costOf, createReruns, type RerunDeps, type Reruns } from './advise-reruns.ts';
import { type AdviseCase, type AdviseRun, adviseCase } from './advise-run.ts';
import { type CheckedSet, checkAtSeeds, notYetChecked, type OtherSeeds, otherSeeds } from './advise-seeds.ts';
import type { Output } from './output.ts';

/** All that the search in one run goes by. */
export interface AdviseSearch {
  readonly run: AdviseRun;
  readonly most: number;
  readonly definitions: ReadonlyMap<string, KnownDefinition>;
  readonly files: AdviceFiles;
  readonly reruns: RerunDeps;
  readonly output: Output;
}

/** What was found for one scenario, and what is needed to re-run it with other changes. */
export interface ScenarioAdvice {
  readonly advised: AdvisedScenario;
  readonly found: readonly CheckedSet[];
  /** Null where it was not re-run. */
  readonly again: {
    readonly given: AdviseCase;
    readonly reruns: Reruns;
    readonly others: OtherSeeds;
  } | null;
}

/** Looks for changes that flip one scenario; `onFound` is told of all so far whenever one more is found. */
export async function adviseScenario(
  score: ScenarioScore,
  search: AdviseSearch,
  onFound: (advised: AdvisedScenario) => void,
): Promise<ScenarioAdvice> {
  const given = adviseCase(score, search.run, search.reruns.workspace);
  const costBefore = costOf(score);
  const start: AdvisedScenario = {
    ...{ id: score.id, seed: score.seed, verdict: score.verdict, note: null, costBefore },
    ...{ tried: 0, reachedBound: false, isWhole: true, changes: [] },
  };
  if ('note' in given) return { advised: { ...start, note: given.note }, found: [], again: null };
  const reruns = createReruns(given, search.run.path, search.reruns);
  const others = otherSeeds(given, search.run, search.reruns);
  const again = { given, reruns, others };
  const skipped = score.verdict === 'escaped' ? await baselineNote(given, reruns) : null;
  if (skipped !== null) return { advised: { ...start, ...skipped }, found: [], again };
  const toAdvised = (result: SearchResult, found: readonly CheckedSet[]): AdvisedScenario => ({
    ...start,
    ...{ tried: result.tried, reachedBound: result.reachedBound, isWhole: result.isWhole },
    changes: found.map((set, index) => advise(set, index, { given, search, start })),
  });
  const untried = (set: FoundSet) => notYetChecked(set, given.seed, others.all);
  const onPart = (part: SearchResult) => onFound(toAdvised(part, part.found.map(untried)));
  const result = await lookFor(given, { search, reruns, onFound: onPart });
  const found = await checkAtSeeds(result.found, {
    ...{ id: score.id, seed: given.seed, others, output: search.output },
  });
  return { advised: toAdvised(result, found), found, again };
}

/** Of an escape on a live stack: whether the simulation shows it too, since only there changes are tried. */
async function baselineNote(
  { plans }: AdviseCase,
  reruns: Reruns,
): Promise<Pick<AdvisedScenario, 'note' | 'isWhole'> | null> {
  const { stack } = plans.guarded;
  if (stack === 'sim') return null;
  const trial = await reruns.judge([]);
  if (trial === null) return { note: 'It was stopped before any change was tried.', isWhole: false };
  if (trial.verdict === 'escaped') return null;
  const note = `It escaped on the stack ${stack}; in the simulation, where changes are tried, it is ${trial.verdict}, so that none can be judged there.`;
  return { note, isWhole: true };
}

async function lookFor(
  { score, plans }: AdviseCase,
  {
    search,
    reruns,
    onFound,
  }: {
    readonly search: AdviseSearch;
    readonly reruns: Reruns;
    readonly onFound: (part: SearchResult) => void;
  },
): Promise<SearchResult> {
  const { most, definitions, output } = search;
  const singles = candidates(plans.guarded.profile, definitions);
  const found: FoundSet[] = [];
  let tried = 0;
  const tell = () =>
    output.progress(`${score.id}: ${tried} sets of changes tried, ${found.length} flip the verdict`);
  output.progress(`${score.id}: ${singles.length} single changes to try`);
  const result = await searchChanges(singles, {
    ...reruns,
    ...{ definitions, most, atOnce: search.reruns.pool.size },
    onFound: set => {
      found.push(set);
      onFound({ found: found.toSorted(byCost), tried, reachedBound: false, isWhole: false });
      tell();
    },
    onTried: count => {
      tried = count;
      if (count % 5 === 0) tell();
    },
  });
  tell();
  return result;
}

function advise(
  set: CheckedSet,
  index: number,
  {
    given: { score, plans },
    search,
    start,
  }: { readonly given: AdviseCase; readonly search: AdviseSearch; readonly start: AdvisedScenario },
) {
  const { profile } = plans.guarded;
  const test = search.files.write({
    ...{ profile, changes: set.changes, seeds: search.run.card.seeds, scenarios: [score.id] },
    name: `${score.id}-${index + 1}`,
    title: `${profile.id}, changed so that ${score.id} is contained`,
  });
  return advisedSet(set, { profile, before: start.costBefore, test });
}
