import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../kernel/errors.ts';
import { type Machine, type Owner, ownerText, readOwner, stateOf } from './owner.ts';
import type { Reach, SweepReport, Swept } from './sweep.ts';

const PREFIX = 'brakecheck-run-';
const OWNER_FILE = 'owner.json';

/** Makes a folder for a run's passing files below `base`, such as the system's folder for temporary files. Returns its path. */
export function makeOwnedFolder(base: string, run: { runId: string; owner: Owner }): string {
  const folder = mkdtempSync(join(base, `${PREFIX}${run.runId}-`));
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify({ runId: run.runId, owner: ownerText(run.owner) }));
  return folder;
}

/** Removes such folders, by the same rule as `sweep` does what is in the engine. With `dryRun`, tells what it would do. */
export function sweepFolders(
  base: string,
  reach: Reach,
  { machine, dryRun }: { machine: Machine; dryRun: boolean },
): SweepReport {
  const removed: Swept[] = [];
  const kept: (Swept & { because: string })[] = [];
  const failed: (Swept & { because: string })[] = [];
  for (const path of foldersIn(base)) {
    const { runId, owner } = ownerIn(path);
    const swept: Swept = { kind: 'folder', name: path, runId };
    const isOfRun =
      reach.of === 'run' &&
      runId === reach.runId &&
      owner !== null &&
      ownerText(owner) === ownerText(reach.owner);
    if (!isOfRun && reach.of !== 'all' && !(reach.of === 'dead' && stateOf(owner, machine) === 'dead')) {
      if (reach.of === 'dead') kept.push({ ...swept, because: 'its run is not known to have ended' });
      continue;
    }
    try {
      if (!dryRun) removeFolder(path);
      removed.push(swept);
    } catch (error) {
      failed.push({ ...swept, because: messageOf(error) });
    }
  }
  return { removed, kept, failed, logs: [] };
}

/** Removes one that this process made; one that will not go is left to the next sweep. */
export function removeOwnedFolder(path: string): void {
  try {
    removeFolder(path);
  } catch {
    // Its owner is written in it: once this process has ended, it is found by that.
  }
}

/** A tool that was killed may have left file systems mounted below it (debootstrap mounts /proc): never delete through them. */
function removeFolder(path: string): void {
  for (const mount of mountsBelow(path)) execFileSync('umount', [mount], { stdio: 'ignore' });
  // The owner goes last: a browser that is still ending may write meanwhile, and what stays then must be known as ours.
  for (const name of readdirSync(path).filter(name => name !== OWNER_FILE)) {
    rmSync(join(path, name), { recursive: true, force: true, maxRetries: 3 });
  }
  rmSync(path, { recursive: true, force: true });
}

function mountsBelow(path: string): string[] {
  try {
    const mounts = readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .map(line => line.split(' ')[1] ?? '');
    return mounts.filter(mount => mount.startsWith(`${path}/`)).reverse();
  } catch {
    return [];
  }
}

function foldersIn(base: string): string[] {
  try {
    return readdirSync(base, { withFileTypes: true })
      .filter(entry => entry.isDirectory() && entry.name.startsWith(PREFIX))
      .map(({ name }) => join(base, name))
      .sort();
  } catch {
    return [];
  }
}

function ownerIn(folder: string): { runId: string; owner: Owner | null } {
  try {
    const read = JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')) as Record<string, unknown>;
    return {
      runId: typeof read.runId === 'string' ? read.runId : 'unknown',
      owner: readOwner(typeof read.owner === 'string' ? read.owner : undefined),
    };
  } catch {
    return { runId: 'unknown', owner: null };
  }
}
