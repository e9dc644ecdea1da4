import type { Arm } from '../journal/events.ts';
import type { Plan } from '../plan/plan.ts';
import { type PlanInput, resolvePlan } from '../plan/resolve-plan.ts';
import type { LoadedFile } from '../scenario/load-file.ts';
import { moduleDigests } from './guardrail-modules.ts';
import type { Workspace } from './workspace.ts';

/** One arm to run, and the name of the journal that it writes. */
export interface PlannedArm {
  readonly plan: Plan;
  readonly file: string;
}

/** One arm of a suite before it is planned: a sweep has thousands, and no more plans are held than arms that run. */
export interface OutlinedArm extends Pick<Plan, 'arm' | 'seed' | 'horizonMs'> {
  readonly file: string;
  /** Id; null for the `ordinary` arm. */
  readonly scenario: string | null;
  /** The arms of one scenario and seed are one group; numbered from 0 in the suite's order. */
  readonly group: number;
  /** Plans it; the same each time. */
  readonly plan: () => Plan;
}

export interface SuiteRequest {
  readonly scenarios: readonly LoadedFile<'Scenario'>[];
  readonly profile: LoadedFile<'Profile'>;
  readonly seeds: readonly string[];
  /** Whether the quiet week with its ordinary changes belongs to the suite. */
  readonly ordinary: boolean;
  /** Left out: the embedded simulation. */
  readonly stack?: Plan['stack'];
}

const ARMS: readonly Arm[] = ['calm', 'unguarded', 'guarded', 'benign'];
/** In a group the longer ones come first, so that none runs alone at the end: in the calm arm nothing happens. */
const LONGEST_FIRST: readonly Arm[] = ['ordinary', 'unguarded', 'benign', 'guarded', 'calm'];

/** All arms of a suite, planned. */
export function planSuite(request: SuiteRequest, workspace: Workspace): PlannedArm[] {
  return outlineSuite(request, workspace).map(({ plan, file }) => ({ plan: plan(), file }));
}

/** The arms in the order in which they are to begin. */
export function inOrderOfRunning(arms: readonly OutlinedArm[]): OutlinedArm[] {
  const place = ({ arm }: OutlinedArm) => LONGEST_FIRST.indexOf(arm);
  return arms.toSorted((one, other) => one.group - other.group || place(one) - place(other));
}

/** All arms of a suite, group by group. Throws what planning an arm of each scenario throws. */
export function outlineSuite(request: SuiteRequest, workspace: Workspace): OutlinedArm[] {
  const shared = sharedInput(request, workspace);
  const many = request.seeds.length > 1;
  const first = request.seeds[0] ?? '1';
  const week = request.ordinary ? outlineWeek(shared, first) : [];
  const arms = request.scenarios.flatMap((scenario, place) => {
    const { id } = scenario.value.metadata;
    const { horizonMs } = resolvePlan({ ...shared, scenario, arm: 'calm', seed: first });
    return request.seeds.flatMap((seed, index) =>
      ARMS.map(
        (arm): OutlinedArm => ({
          ...{ arm, seed, horizonMs, scenario: id },
          file: `${id}.${arm}${many ? `.seed-${seed}` : ''}.jsonl`,
          group: week.length + place * request.seeds.length + index,
          plan: () => resolvePlan({ ...shared, scenario, arm, seed }),
        }),
      ),
    );
  });
  return [...week, ...arms];
}

function outlineWeek(shared: SharedInput, seed: string): OutlinedArm[] {
  const plan = () => resolvePlan({ ...shared, scenario: null, arm: 'ordinary', seed });
  const { horizonMs } = plan();
  return [{ arm: 'ordinary', seed, horizonMs, scenario: null, file: 'ordinary.jsonl', group: 0, plan }];
}

type SharedInput = Omit<PlanInput, 'scenario' | 'arm' | 'seed'>;

function sharedInput({ profile, stack = 'sim' }: SuiteRequest, workspace: Workspace): SharedInput {
  return {
    stack,
    world: workspace.world,
    profile,
    changes: workspace.catalogue.all('OrdinaryChange'),
    verbs: workspace.references.verbs,
    buildDigests: Object.fromEntries([...workspace.builds].map(([id, { digest }]) => [id, digest])),
    moduleDigests: moduleDigests(profile),
  };
}
