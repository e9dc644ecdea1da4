import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Docker } from '../engine/connect-engine.ts';
import { engineText, statusOf } from '../engine/engine-error.ts';
import { NetworkTurns } from '../engine/network-turns.ts';
import { type Found, findOurs } from './find-ours.ts';
import { keepLogs } from './keep-logs.ts';
import { type Machine, type Owner, type OwnerState, ownerText, stateOf } from './owner.ts';

/**
 * What to remove. `run`: what this run (or one part of it) made. `dead`: what runs left whose process is gone. `all`: everything with our
 * label, also of runs that are still going, and of other machines.
 */
export type Reach =
  | { readonly of: 'run'; readonly runId: string; readonly owner: Owner; readonly part?: string }
  | { readonly of: 'dead' }
  | { readonly of: 'all' };

export interface SweepDeps {
  readonly docker: Docker;
  readonly machine: Machine;
  /** Passes real time, between one try and the next. */
  wait(durationMs: number): Promise<void>;
}

/** One thing that was swept, or not. */
export interface Swept {
  readonly kind: Found['kind'] | 'image' | 'folder' | 'report' | 'engine';
  readonly name: string;
  readonly runId: string;
}

/** What came of a sweep. Only `failed` is a fault; what was kept belongs to somebody. */
export interface SweepReport {
  readonly removed: readonly Swept[];
  readonly kept: readonly (Swept & { readonly because: string })[];
  readonly failed: readonly (Swept & { readonly because: string })[];
  /** Log files that were written before their containers went. */
  readonly logs: readonly string[];
}

/** Rounds of removal: a network can go only when the engine has let go of its last container. */
const MOST_ROUNDS = 25;
const PAUSE_MS = 400;

/**
 * Removes what runs left in the engine, and looks again whether it is gone. Containers go first, with their anonymous
 * volumes, then networks and volumes. A live run's things are never touched, unless `all` is asked for.
 */
export async function sweep(reach: Reach, deps: SweepDeps): Promise<SweepReport> {
  const { due, kept } = split(await findOurs(deps.docker), reach, deps.machine);
  const logs = await keepAllLogs(due, reach, deps.docker);
  const troubles = new Map<string, string>();
  const turns = new NetworkTurns();
  let left = due;
  for (let round = 0; round < MOST_ROUNDS && left.length > 0; round++) {
    if (round > 0) await deps.wait(PAUSE_MS);
    for (const kinds of [['container'], ['network', 'volume']]) {
      const due = left.filter(({ kind }) => kinds.includes(kind));
      await Promise.all(
        due.map(found => turns.during(found.networkIds, () => remove(found, deps.docker, troubles))),
      );
      const still = new Set((await findOurs(deps.docker)).map(({ id }) => id));
      left = left.filter(({ id }) => still.has(id));
      // An engine that is still taking a container down loses count of the network's ends when it is hurried.
      if (left.some(({ kind }) => kind === 'container')) break;
    }
  }
  return {
    removed: due.filter(found => !left.includes(found)).map(sweptOf),
    kept,
    failed: left.map(found => ({
      ...sweptOf(found),
      because: troubles.get(found.id) ?? 'it is still there',
    })),
    logs,
  };
}

/** What a sweep would do, without doing it: `removed` is what is due. */
export async function planSweep(
  reach: Reach,
  { docker, machine }: Omit<SweepDeps, 'wait'>,
): Promise<SweepReport> {
  const { due, kept } = split(await findOurs(docker), reach, machine);
  return { removed: due.map(sweptOf), kept, failed: [], logs: [] };
}

function split(all: readonly Found[], reach: Reach, machine: Machine) {
  const due: Found[] = [];
  const kept: (Swept & { because: string })[] = [];
  for (const found of all) {
    const state = stateOf(found.owner, machine);
    if (isDue(found, reach, state)) {
      due.push(found);
    } else if (reach.of === 'dead') {
      kept.push({ ...sweptOf(found), because: reasonToKeep(found, state) });
    }
  }
  return { due, kept };
}

/** A run is told by its owner too: two that began in the same second have the same id. */
function isDue(found: Found, reach: Reach, state: OwnerState): boolean {
  if (reach.of !== 'run') return reach.of === 'all' || state === 'dead';
  return (
    found.runId === reach.runId &&
    found.owner !== null &&
    ownerText(found.owner) === ownerText(reach.owner) &&
    (reach.part === undefined || found.part === reach.part)
  );
}

function reasonToKeep({ owner }: Found, state: OwnerState): string {
  if (owner === null) return 'its owner cannot be read from its label';
  return state === 'live'
    ? `its run is still going, as process ${owner.pid}`
    : `its run belongs to process ${owner.pid} of ${owner.host}, which cannot be seen from here`;
}

/** Best effort: a log that cannot be kept must not keep a container. */
async function keepAllLogs(due: readonly Found[], reach: Reach, docker: Docker): Promise<readonly string[]> {
  const kept = await Promise.all(
    due.map(({ kind, id, evidenceDir }) =>
      kind === 'container' && evidenceDir !== null && (reach.of === 'run' || isEvidenceOfRun(evidenceDir))
        ? keepLogs(docker, id, evidenceDir).catch(() => null)
        : null,
    ),
  );
  return kept.filter(path => path !== null);
}

/** Another run's labels are anybody's to write: such a log goes only into the `evidence/` of a folder that is a run's. */
function isEvidenceOfRun(path: string): boolean {
  return (
    isAbsolute(path) && basename(path) === 'evidence' && existsSync(join(dirname(path), 'manifest.json'))
  );
}

async function remove(found: Found, docker: Docker, troubles: Map<string, string>): Promise<void> {
  try {
    if (found.kind === 'container') await docker.getContainer(found.id).remove({ force: true, v: true });
    else if (found.kind === 'network') await removeNetwork(found.id, docker);
    else await docker.getVolume(found.name).remove({ force: true });
  } catch (error) {
    // Gone already, or somebody else (Ryuk, another sweep) is at it: the look afterwards tells.
    if (statusOf(error) !== 404) troubles.set(found.id, engineText(error));
  }
}

/** Ours are gone by now. A container of another project that joined the network would hold it; it is taken off, not removed. */
async function removeNetwork(id: string, docker: Docker): Promise<void> {
  const network = docker.getNetwork(id);
  const { Containers } = (await network.inspect()) as { Containers?: Record<string, unknown> };
  const guests = Object.keys(Containers ?? {});
  for (const container of guests) {
    await network.disconnect({ Container: container, Force: true }).catch(() => {});
  }
  try {
    await network.remove();
  } catch (error) {
    // See `NetworkTurns`. A run that is killed leaves its requests to the engine in the middle, so this can still be met.
    if (guests.length > 0 || !/active endpoints/.test(engineText(error))) throw error;
    throw new Error(
      'the engine has lost count of what is on it: restart the engine (Debian: systemctl restart docker), then run: brakecheck clean',
      { cause: error },
    );
  }
}

function sweptOf({ kind, name, runId }: Found): Swept {
  return { kind, name, runId };
}
