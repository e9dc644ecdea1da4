import { randomBytes } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import type { Rng } from '../kernel/rng.ts';
import type { LiveStack } from '../ports/live-stack.ts';
import type { World } from '../scenario/world-schema.ts';
import type { RunIdentity } from '../stack/containers/engine/labels.ts';
import { ryukImage } from '../stack/containers/engine/open-engine.ts';
import { subnetRange } from '../stack/containers/engine/subnets.ts';
import { type Machine, ownerOf, thisMachine } from '../stack/containers/sweep/owner.ts';
import { cacheFolder } from './cache-folder.ts';
import { projectRoot } from './workspace.ts';

export interface ContainersArm {
  readonly world: World;
  readonly rng: Rng;
  readonly real: Clock;
  /** The arm's journal file; null when it is kept in memory, and then no logs of containers are kept either. */
  readonly journalPath: string | null;
}

/** Starts the company in containers, as this process and for this arm. */
export async function startContainersArm({
  world,
  rng,
  real,
  journalPath,
}: ContainersArm): Promise<LiveStack> {
  const { startContainersStack } = await import('../stack/containers/containers-stack.ts');
  const machine = thisMachine();
  const { env } = process;
  return startContainersStack({
    world,
    rng,
    real,
    machine,
    run: identityOf(journalPath, machine),
    engine: {
      dockerHost: env.DOCKER_HOST,
      subnets: subnetRange(env.BRAKECHECK_SUBNETS),
      ryuk: env.TESTCONTAINERS_RYUK_DISABLED === 'true' ? null : ryukImage(env),
    },
    programs: { root: projectRoot(), cacheDir: join(cacheFolder(env), 'bundles') },
    secret: randomBytes(24).toString('base64url'),
  });
}

/** A run's folder is the run's own, and its journals are named by arms, so both tell runs and arms apart. */
function identityOf(journalPath: string | null, machine: Machine): RunIdentity {
  const owner = ownerOf(process.pid, machine);
  if (journalPath === null) {
    return { runId: 'unsaved', part: randomBytes(4).toString('hex'), owner, evidenceDir: null };
  }
  const folder = dirname(resolve(journalPath));
  const part = basename(journalPath).replace(/\.jsonl$/, '');
  return { runId: basename(folder), part, owner, evidenceDir: join(folder, 'evidence') };
}
