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

const SCENARIO = 'kiro-cost-explorer';

export function openBenchWorkspace(): Promise<Workspace> {
  return openWorkspace(projectRoot());
}

/** The replay that the targets speak of, with its length and its traffic as asked. Its digests no longer fit, which nobody reads here. */
export function benchPlan(workspace: Workspace, request: BenchRequest): Plan {
  const { catalogue } = workspace;
  const arms = planSuite(
    {
      scenarios: [catalogue.find('Scenario', SCENARIO)],
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
