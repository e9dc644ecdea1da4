import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyChanges, type ProfileChange } from '../advice/profile-change.ts';
import type { Confirmation, Trial, TrialCost } from '../advice/trial.ts';
import type { Plan } from '../plan/plan.ts';
import { buildScorecard } from '../score/build-scorecard.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import type { JournalText } from '../score/scorecard-tally.ts';
import type { AdviseCase } from './advise-run.ts';
import type { FinishedJob } from './arm-pool.ts';
import { worstOf } from './exit-codes.ts';
import type { SuiteDeps } from './run-suite.ts';
import { withGuardrails } from './with-guardrails.ts';

/** Re-runs of one scenario, in the simulation, with changes of its profile. Null: it was stopped. */
export interface Reruns {
  judge(changes: readonly ProfileChange[]): Promise<Trial | null>;
  confirm(changes: readonly ProfileChange[]): Promise<Confirmation | null>;
}

export type RerunDeps = Pick<SuiteDeps, 'pool' | 'workspace' | 'moduleFolder'>;

/** `path`: the run's folder, whose calm and unguarded arms are what re-runs are judged by. */
export function createReruns(
  { score, plans, controls: files }: AdviseCase,
  path: string,
  deps: RerunDeps,
): Reruns {
  let known: Promise<readonly JournalText[] | null> | undefined;
  const controls = () => {
    known ??= controlsOf(files, { plans, path, deps });
    return known;
  };
  const planWith = (arm: 'guarded' | 'benign', changes: readonly ProfileChange[]) =>
    withGuardrails(plans[arm], applyChanges(plans.guarded.profile, changes).guardrails);
  return {
    judge: async changes => {
      const finished = await runOnce(planWith('guarded', changes), true, deps);
      if (finished === null) return null;
      // Whether a guardrail of the set does harm later, a confirmation will tell.
      if (finished.reason === 'nothing-landed') return { verdict: 'contained', containment: 1 };
      const given = await controls();
      if (given === null) return null;
      const judged = scored(score.id, plans.guarded.profile.id, [...given, textOf('guarded', finished)]);
      return { verdict: judged?.verdict ?? 'inconclusive', containment: judged?.containmentRatio ?? null };
    },
    confirm: async changes => {
      const [guarded, benign] = await Promise.all([
        runOnce(planWith('guarded', changes), false, deps),
        runOnce(planWith('benign', changes), false, deps),
      ]);
      const given = await controls();
      if (guarded === null || benign === null || given === null) return null;
      const judged = scored(score.id, plans.guarded.profile.id, [
        ...given,
        textOf('guarded', guarded),
        textOf('benign', benign),
      ]);
      return {
        verdict: judged?.verdict ?? 'inconclusive',
        containment: judged?.containmentRatio ?? null,
        cost: costOf(judged) ?? { outcome: 'unknown', waitedMs: null, reviewerMs: 0 },
        routes: judged?.routes ?? [],
      };
    },
  };
}

/** What harmless work cost in a scored run; null when it was not run. */
export function costOf(score: ScenarioScore | null): TrialCost | null {
  const benign = score?.arms.benign ?? null;
  if (benign === null) return null;
  const { outcome, waitedMs, reviewerMs } = benign;
  return { outcome, waitedMs, reviewerMs };
}

/** The run's own calm and unguarded arm; after a run on a live stack they are simulated once. */
async function controlsOf(
  files: AdviseCase['controls'],
  {
    plans,
    path,
    deps,
  }: { readonly plans: AdviseCase['plans']; readonly path: string; readonly deps: RerunDeps },
): Promise<readonly JournalText[] | null> {
  const texts = await Promise.all(
    (['calm', 'unguarded'] as const).map(async arm => {
      const file = files[arm];
      if (file !== null && plans[arm].stack === 'sim')
        return { file, text: readFileSync(join(path, file), 'utf8') };
      const finished = await runOnce({ ...plans[arm], stack: 'sim' }, false, deps);
      return finished === null ? null : textOf(arm, finished);
    }),
  );
  return texts.every(text => text !== null) ? texts : null;
}

/** Null when it was stopped, or was not begun since a stop had been asked for. */
async function runOnce(
  plan: Plan,
  untilHarmless: boolean,
  { pool, workspace, moduleFolder }: RerunDeps,
): Promise<FinishedJob | null> {
  if (pool.isStopRequested) return null;
  const { buildFolders } = workspace;
  const finished = await pool.run({ plan, buildFolders, moduleFolder, journalPath: null, untilHarmless });
  return finished.status === 'interrupted' ? null : finished;
}

function textOf(arm: string, { journal }: FinishedJob): JournalText {
  return { file: `advice.${arm}.jsonl`, text: journal ?? '' };
}

function scored(id: string, profile: string, journals: readonly JournalText[]): ScenarioScore | null {
  const card = buildScorecard({
    ...{ runId: 're-run', profile, journals, planned: [id], reruns: [], failUnder: null },
    ...{ isClean: true, isInterrupted: false, worstOf },
  });
  return card.scenarios[0] ?? null;
}
