import { alikeFaults, type FaultPlace, type StressFault } from '../../guardrails/stress/stress-fault.ts';
import type { Plan } from '../../plan/plan.ts';
import type { LoadedFile } from '../../scenario/load-file.ts';
import type { ArmStress } from '../arm-job.ts';
import { type PlannedArm, planSuite } from '../arm-plans.ts';
import type { ArmPool, FinishedJob } from '../arm-pool.ts';
import { forEachAtOnce } from '../for-each-at-once.ts';
import type { Output } from '../output.ts';
import { withGuardrails } from '../with-guardrails.ts';
import type { Workspace } from '../workspace.ts';
import { type Controls, judgeArm } from './judge-arm.ts';
import { judgeBenign } from './judge-benign.ts';

export interface StressRequest {
  readonly profile: LoadedFile<'Profile'>;
  readonly scenarios: readonly LoadedFile<'Scenario'>[];
  readonly faults: readonly StressFault[];
  /** Ids of the guardrails that are made to fail. */
  readonly guardrails: readonly string[];
  readonly seed: string;
  readonly placeOf: (guardrail: string, fault: StressFault) => FaultPlace;
}

export interface StressDeps {
  readonly workspace: Workspace;
  readonly pool: ArmPool;
  /** Folder of the profile's file. */
  readonly moduleFolder: string;
  readonly output: Output;
}

/** The mistake with every guardrail well, without one, or with one that fails. */
export type MistakeKind =
  | { readonly of: 'well' }
  | { readonly of: 'without'; readonly guardrail: string }
  | ({ readonly of: 'fault' } & ArmStress);

/** The same task done properly. `alike`: the faults that the arm tells of, its own among them. */
export type BenignKind =
  | { readonly of: 'benign-well' }
  | ({ readonly of: 'benign-fault'; readonly alike: readonly StressFault[] } & ArmStress);

interface StressArm {
  readonly scenario: string;
  readonly kind: MistakeKind | BenignKind;
}

export interface RanStressArm extends StressArm {
  readonly finished: FinishedJob;
  readonly controls: Controls;
}

interface Job {
  readonly arm: StressArm;
  readonly plan: Plan;
}

/**
 * Runs every arm and hands each to `onRan` when it has ended, so that no more journals are held than arms run and
 * controls are needed. Faults are tried on the mistakes that are contained while every guardrail is well.
 */
export async function runStress(
  request: StressRequest,
  deps: StressDeps,
  onRan: (ran: RanStressArm) => void,
): Promise<void> {
  const { scenarios, profile, seed, guardrails } = request;
  if (guardrails.length === 0) return;
  for (const scenario of scenarios) {
    const arms = planSuite(
      { scenarios: [scenario], profile, seeds: [seed], ordinary: false },
      deps.workspace,
    );
    if (!(await stressScenario(scenario.value.metadata.id, { arms, request, deps, onRan }))) return;
  }
}

interface ScenarioStress {
  readonly arms: readonly PlannedArm[];
  readonly request: StressRequest;
  readonly deps: StressDeps;
  readonly onRan: (ran: RanStressArm) => void;
}

/** False when a stop was asked for. */
async function stressScenario(scenario: string, given: ScenarioStress): Promise<boolean> {
  const { arms, request, deps, onRan } = given;
  const first = new Map<string, FinishedJob>();
  await forEachAtOnce(arms, deps.pool.size, async ({ plan }) => {
    deps.output.progress(`${scenario}: ${plan.arm} arm, nothing failing`);
    first.set(plan.arm, await runOne(plan, deps, plan.arm === 'benign' ? BENIGN_WELL : WELL));
  });
  const planOf = (arm: Plan['arm']) => arms.find(({ plan }) => plan.arm === arm)?.plan;
  const [guarded, benign] = [planOf('guarded'), planOf('benign')];
  const [well, benignWell] = [first.get('guarded'), first.get('benign')];
  if (guarded === undefined || benign === undefined) return false;
  if (well === undefined || benignWell === undefined || deps.pool.isStopRequested) return false;
  const controls: Controls = {
    scenario,
    profile: guarded.profile.id,
    journals: ['calm', 'unguarded'].map(arm => ({
      file: `${arm}.jsonl`,
      text: first.get(arm)?.journal ?? '',
    })),
  };
  onRan({ scenario, kind: WELL, finished: well, controls });
  onRan({ scenario, kind: BENIGN_WELL, finished: benignWell, controls });
  if (judgeArm(well, controls).verdict !== 'contained') return true;
  const canBeStopped = judgeBenign(benignWell, scenario).outcome === 'allowed';
  const jobs = [
    ...mistakeJobs(scenario, guarded, request),
    ...(canBeStopped ? benignJobs(scenario, benign, request) : []),
  ];
  let ended = 0;
  await forEachAtOnce(jobs, deps.pool.size, async ({ arm, plan }) => {
    if (deps.pool.isStopRequested) return;
    const finished = await runOne(plan, deps, arm.kind);
    ended += 1;
    deps.output.progress(`${scenario}: ${ended} of ${jobs.length} arms with failing guardrails ended`);
    if (finished.status !== 'interrupted') onRan({ ...arm, finished, controls });
  });
  return !deps.pool.isStopRequested;
}

function mistakeJobs(scenario: string, guarded: Plan, { guardrails, faults }: StressRequest): readonly Job[] {
  const all = guarded.profile.guardrails;
  return guardrails.flatMap(guardrail => [
    {
      arm: { scenario, kind: { of: 'without', guardrail } as const },
      plan: withGuardrails(
        guarded,
        all.filter(({ id }) => id !== guardrail),
      ),
    },
    ...faults.map(fault => ({
      arm: { scenario, kind: { of: 'fault', guardrail, fault } as const },
      plan: guarded,
    })),
  ]);
}

function benignJobs(scenario: string, plan: Plan, request: StressRequest): readonly Job[] {
  const { guardrails, faults, placeOf } = request;
  return guardrails.flatMap(guardrail =>
    alikeFaults(faults, fault => placeOf(guardrail, fault)).map(alike => ({
      arm: { scenario, kind: { of: 'benign-fault', guardrail, fault: alike[0], alike } as const },
      plan,
    })),
  );
}

const WELL = { of: 'well' } as const;
const BENIGN_WELL = { of: 'benign-well' } as const;

function runOne(plan: Plan, { pool, workspace, moduleFolder }: StressDeps, kind: StressArm['kind']) {
  return pool.run({
    plan,
    buildFolders: workspace.buildFolders,
    moduleFolder,
    journalPath: null,
    // With every guardrail well the arm is judged as `run` judges it.
    untilHarmless: kind.of !== 'well',
    keepExchanges: true,
    ...('fault' in kind ? { stress: { guardrail: kind.guardrail, fault: kind.fault } } : {}),
  });
}
