import { createThirdParties, THIRD_PARTY_HOSTS } from '../../fixtures/third-parties/third-parties.ts';
import { drawMs } from '../kernel/distribution.ts';
import type { Rng } from '../kernel/rng.ts';
import { runToEnd, VirtualClock } from '../kernel/virtual-clock.ts';
import type { World } from '../scenario/world-schema.ts';
import { createSeedCache, type SeedCache } from '../stack/sim/seed-cache.ts';
import { SimStack } from '../stack/sim/sim-stack.ts';
import type { Stage, StageFactory } from './stage.ts';

/** Most tasks of one arm: far above any real run, so that a loop that feeds itself ends with a name. */
const MAX_TASKS = 200_000_000;

/** The embedded simulation: one process, virtual time, the same apps. */
export const createSimStage: StageFactory = (world, rng) =>
  createSeededSimStage(createSeedCache())(world, rng);

/** The same for many arms in one process, which share what fills their databases. */
export function createSeededSimStage(seeds: SeedCache): StageFactory {
  return (world, rng) => startStage(world, rng, seeds);
}

function startStage(world: World, rng: Rng, seeds: SeedCache): Stage {
  const clock = new VirtualClock();
  const parties = rng.fork('third-parties');
  const latency = (name: 'payment' | 'carrier' | 'model') => {
    const { median, variation } = world.thirdParties[name].latency;
    return () => drawMs({ medianMs: median, variation }, parties.next());
  };
  const thirdParties = createThirdParties({
    clock,
    random: () => parties.next(),
    latencyMs: { payment: latency('payment'), carrier: latency('carrier'), model: latency('model') },
    declineShare: world.thirdParties.payment.declines,
  });
  const stack = new SimStack({ clock, rng, world, thirdParties, thirdPartyHosts: THIRD_PARTY_HOSTS, seeds });
  return {
    clock,
    stack,
    advance: (untilMs, stopRequested) => clock.run({ untilMs, stopRequested, maxTasks: MAX_TASKS }),
    perform: work => runToEnd(clock, work),
    waitOutside: answer => clock.waitOutside(answer),
  };
}
