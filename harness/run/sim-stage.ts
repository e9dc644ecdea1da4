import { THIRD_PARTY_HOSTS } from '../../fixtures/third-parties/third-parties.ts';
import type { Rng } from '../kernel/rng.ts';
import { runToEnd, VirtualClock } from '../kernel/virtual-clock.ts';
import type { World } from '../scenario/world-schema.ts';
import { createSeedCache, type SeedCache } from '../stack/sim/seed-cache.ts';
import { SimStack } from '../stack/sim/sim-stack.ts';
import { createWorldThirdParties } from '../stack/world-third-parties.ts';
import type { Stage } from './stage.ts';

/** Most tasks of one arm: far above any real run, so that a loop that feeds itself ends with a name. */
const MAX_TASKS = 200_000_000;

/** A factory of stages that have nothing to wait for. */
type SimStageFactory = (world: World, rng: Rng) => Stage;

/** The embedded simulation: one process, virtual time, the same apps. */
export const createSimStage: SimStageFactory = (world, rng) =>
  createSeededSimStage(createSeedCache())(world, rng);

/** The same for many arms in one process, which share what fills their databases. */
export function createSeededSimStage(seeds: SeedCache): SimStageFactory {
  return (world, rng) => startStage(world, rng, seeds);
}

function startStage(world: World, rng: Rng, seeds: SeedCache): Stage {
  const clock = new VirtualClock();
  const thirdParties = createWorldThirdParties(world, rng, clock);
  const stack = new SimStack({ clock, rng, world, thirdParties, thirdPartyHosts: THIRD_PARTY_HOSTS, seeds });
  return {
    clock,
    stack,
    advance: (untilMs, stopRequested) => clock.run({ untilMs, stopRequested, maxTasks: MAX_TASKS }),
    perform: work => runToEnd(clock, work),
    waitOutside: answer => clock.waitOutside(answer),
  };
}
