import type { Workspace } from '../cli/workspace.ts';
import { createGuestLoader } from '../guardrails/guests/guest-loader.ts';
import { builtInGuardrails } from '../guardrails/registry.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Plan } from '../plan/plan.ts';
import type { LiveStack } from '../ports/live-stack.ts';
import { createLiveStage, type LiveStageDeps } from '../run/live/live-stage.ts';
import { runArm } from '../run/run-arm.ts';
import type { World } from '../scenario/world-schema.ts';

export interface LiveStart {
  readonly workspace: Workspace;
  readonly plan: Plan;
  readonly real: Clock;
  readonly startStack: LiveStageDeps['startStack'];
  /** Looks at the stack once the company is up, before it is stopped. */
  readonly look?: (stack: LiveStack) => Promise<void>;
}

/**
 * Brings a company up on a live stack and stops it again, with the run's own machinery. Returns the real time from nothing
 * to a company that serves: databases migrated and filled, instances warm, backups taken, ms.
 */
export async function startLive({ workspace, plan, real, startStack, look }: LiveStart): Promise<number> {
  const startedMs = real.nowMs();
  let upMs: number | null = null;
  const createStage = createLiveStage({
    real,
    sampleMs: 0,
    startStack: async (world, rng) => {
      const stack = await startStack(world, rng);
      const stopAll = stack.stopAll.bind(stack);
      const lookAndStop = async () => {
        if (upMs !== null) await look?.(stack);
        await stopAll();
      };
      return Object.assign(stack, { stopAll: lookAndStop });
    },
  });
  const { leftBehind } = await runArm(plan, {
    ...{ tool: 'brakecheck/bench', sink: { append: () => undefined }, createStage, untilHarmless: false },
    ...{ builds: workspace.builds, definitions: builtInGuardrails() },
    createGuests: waitOutside => createGuestLoader({ realDeadline: () => () => undefined, waitOutside }),
    // Asked for the first time when the company is up and time is about to pass.
    stopRequested: () => {
      upMs ??= real.nowMs() - startedMs;
      return true;
    },
    onProgress: () => undefined,
  });
  if (upMs === null || leftBehind > 0)
    throw new Error(`the company did not come up and go: ${leftBehind} left`);
  return upMs;
}

/** The company as it is in its first region alone, without staging. */
export function inOneRegion(plan: Plan): Plan {
  const [region = ''] = plan.world.regions;
  const services: World['services'] = Object.fromEntries(
    Object.entries(plan.world.services).map(([name, spec]) => [name, { ...spec, regions: [region] }]),
  );
  return { ...plan, world: { ...plan.world, regions: [region], services, staging: [] } };
}
