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

export interface SuiteRequest {
  readonly scenarios: readonly LoadedFile<'Scenario'>[];
  readonly profile: LoadedFile<'Profile'>;
  readonly seeds: readonly string[];
  /** Whether the quiet week with its ordinary changes belongs to the suite. */
  readonly ordinary: boolean;
}

const ARMS: readonly Arm[] = ['calm', 'unguarded', 'guarded', 'benign'];

/** All arms of a suite, in the order in which they are run. */
export function planSuite(request: SuiteRequest, workspace: Workspace): PlannedArm[] {
  const shared = sharedInput(request.profile, workspace);
  const many = request.seeds.length > 1;
  const arms = request.scenarios.flatMap(scenario =>
    request.seeds.flatMap(seed =>
      ARMS.map(arm => ({
        plan: resolvePlan({ ...shared, scenario, arm, seed }),
        file: `${scenario.value.metadata.id}.${arm}${many ? `.seed-${seed}` : ''}.jsonl`,
      })),
    ),
  );
  if (!request.ordinary) return arms;
  const seed = request.seeds[0] ?? '1';
  // The longest arm goes first, so that it does not run alone at the end.
  return [
    { plan: resolvePlan({ ...shared, scenario: null, arm: 'ordinary', seed }), file: 'ordinary.jsonl' },
    ...arms,
  ];
}

function sharedInput(
  profile: LoadedFile<'Profile'>,
  workspace: Workspace,
): Omit<PlanInput, 'scenario' | 'arm' | 'seed'> {
  return {
    stack: 'sim',
    world: workspace.world,
    profile,
    changes: workspace.catalogue.all('OrdinaryChange'),
    verbs: workspace.references.verbs,
    buildDigests: Object.fromEntries([...workspace.builds].map(([id, { digest }]) => [id, digest])),
    moduleDigests: moduleDigests(profile),
  };
}
