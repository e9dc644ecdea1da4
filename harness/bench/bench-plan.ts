import { planSuite } from '../cli/arm-plans.ts';
import { openWorkspace, projectRoot, type Workspace } from '../cli/workspace.ts';
import type { Arm } from '../journal/events.ts';
import type { Plan } from '../plan/plan.ts';

export interface BenchRequest {
  readonly arm: Arm;
  /** World time that the arm lasts, ms. */
  readonly horizonMs: number;
  /** Shoppers a second in every region. */
  readonly perSecond: number;
  readonly seed?: string;
}

export function openBenchWorkspace(): Promise<Workspace> {
  return openWorkspace(projectRoot());
}

/** The replay that the targets speak of (the deletion of an environment), with its length and its traffic as asked. Its digests no longer fit, which nobody reads here. */
export function benchPlan(workspace: Workspace, request: BenchRequest): Plan {
  const { catalogue } = workspace;
  const deletion = catalogue
    .all('Scenario')
    .find(({ value }) => value.record !== undefined && value.metadata.tags.includes('deletion'));
  if (deletion === undefined) throw new Error('no replay of a deletion is among the scenarios');
  const arms = planSuite(
    {
      scenarios: [deletion],
      profile: catalogue.find('Profile', 'none'),
      seeds: [request.seed ?? '1'],
      ordinary: false,
    },
    workspace,
  );
  const plan = arms.find(({ plan: { arm } }) => arm === request.arm)?.plan;
  if (plan === undefined) throw new Error(`the suite has no arm ${request.arm}`);
  const perSecond = Object.fromEntries(plan.world.regions.map(region => [region, request.perSecond]));
  const shoppers = { ...plan.world.shoppers, perSecond, curve: Array.from({ length: 24 }, () => 1) };
  return {
    ...plan,
    horizonMs: request.horizonMs,
    world: { ...plan.world, horizon: request.horizonMs, shoppers },
  };
}
