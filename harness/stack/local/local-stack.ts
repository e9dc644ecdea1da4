import type { ThirdParties } from '../../../fixtures/third-parties/third-parties.ts';
import { THIRD_PARTY_HOSTS } from '../../../fixtures/third-parties/third-parties.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Rng } from '../../kernel/rng.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import type { World } from '../../scenario/world-schema.ts';
import { LiveServiceClock } from '../live/live-service-clock.ts';
import { serveFetch } from '../live/serve-fetch.ts';
import { startPlatformStack } from '../live/start-platform-stack.ts';
import { TrafficBook } from '../live/traffic-book.ts';
import { createWorldThirdParties } from '../world-third-parties.ts';
import { LOOPBACK, LocalPlatform } from './local-platform.ts';

export interface LocalStackDeps {
  readonly world: World;
  /** The arm's chance. */
  readonly rng: Rng;
  /** Real time. */
  readonly real: Clock;
  /** Made over the clock of the services; left out, the third parties of the world's file. */
  readonly thirdParties?: (clock: Clock) => Pick<ThirdParties, 'fetch'>;
}

/**
 * The mock company on loopback ports of this machine, with SQLite in memory: the same builds as in the simulation, real
 * HTTP and real time between them. Has an edge per region when it resolves; if it rejects, nothing is left.
 */
export async function startLocalStack({
  world,
  rng,
  real,
  thirdParties,
}: LocalStackDeps): Promise<LiveStack> {
  const clock = new LiveServiceClock(real);
  const traffic = new TrafficBook();
  const parties = thirdParties?.(clock) ?? createWorldThirdParties(world, rng, clock);
  const server = await serveFetch(request => parties.fetch(request), LOOPBACK, real);
  const platform = new LocalPlatform({
    world,
    rng,
    real,
    clock,
    traffic,
    thirdParties: server,
    thirdPartyHosts: THIRD_PARTY_HOSTS,
  });
  const seed = String(rng.keyed('live-stack'));
  return startPlatformStack({ platform, world, seed, clock, traffic });
}
