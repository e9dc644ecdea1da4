import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HarnessError, messageOf } from '../kernel/errors.ts';

/** What a run's manifest holds: everything that differs from machine to machine, and nothing that a score needs. */
export interface Manifest {
  readonly runId: string;
  readonly tool: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly command: readonly string[];
  readonly profile: string;
  readonly planned: readonly string[];
  readonly journals: readonly {
    readonly file: string;
    readonly digest: string;
    /** Slots that outlived the arm; 0 for an arm that never ended, since its slots lived in its process. */
    readonly leftBehind: number;
  }[];
  readonly reruns: readonly unknown[];
  /** The gate that was set by --fail-under. */
  readonly failUnder: number | null;
  /** Where the paths of the profile's guardrail modules begin. */
  readonly moduleFolder: string;
  /** Least real time of one sample, ms; on live stacks only. */
  readonly sampleMs?: number;
  readonly host: { readonly node: string; readonly platform: string };
}

/** Makes a run's folder. A folder that exists already is refused, since nothing that was measured may be overwritten. */
export function createRunDirectory(path: string): void {
  if (existsSync(path)) {
    throw new HarnessError('environment', {
      message: `could not start a run in ${path}: it exists already, and a run never overwrites another`,
      hint: 'Choose another folder with --out, or remove that one.',
    });
  }
  try {
    for (const folder of missingFolders(path)) mkdirSync(folder);
  } catch (error) {
    throw new HarnessError('environment', {
      message: `could not make the folder ${path}: ${messageOf(error)}`,
      hint: 'Choose a folder that can be written with --out.',
      cause: error,
    });
  }
}

/** The folder and all above it that are not there, the outermost first. One by one, since `recursive` never ends under /proc. */
function missingFolders(path: string): string[] {
  const parent = dirname(path);
  return existsSync(path) || parent === path ? [] : [...missingFolders(parent), path];
}

/**
 * Writes a file of the run, whole or not at all: an older one stays until the new one is on the disk. An error names the
 * file and says that the journals are kept.
 */
export function writeRunFile(directory: string, name: string, text: string): void {
  const path = join(directory, name);
  const draft = `${path}.draft`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new HarnessError('environment', {
      message: `could not write ${path}: ${messageOf(error)}`,
      hint: `The journals in ${directory} are kept; once there is room, run: brakecheck score ${directory}`,
      cause: error,
    });
  }
}
