import { join } from 'node:path';
import { cacheFolder } from '../../../cli/cache-folder.ts';
import { createRealClock } from '../../../cli/real-clock.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Rng } from '../../../kernel/rng.ts';
import type { LiveStack } from '../../../ports/live-stack.ts';
import { PROJECT } from '../../../testing/command-line.ts';
import { contractWorld } from '../../testing/contract-world.ts';
import { startContainersStack } from '../containers-stack.ts';
import type { RunIdentity } from '../engine/labels.ts';
import { thisMachine } from '../sweep/owner.ts';

/** A stack of containers in the world of the stack contract. */
export function openContractStack(
  run: RunIdentity,
  rng: Rng,
  real: Clock = createRealClock(),
): Promise<LiveStack> {
  return startContainersStack({
    world: contractWorld(),
    rng,
    real,
    run,
    machine: thisMachine(),
    engine: { dockerHost: process.env.DOCKER_HOST, ryuk: null },
    programs: { root: PROJECT, cacheDir: join(cacheFolder(process.env), 'bundles') },
    secret: 'only-for-tests',
  });
}
