import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  readonly journals: readonly { readonly file: string; readonly digest: string }[];
  readonly reruns: readonly unknown[];
  readonly host: { readonly node: string; readonly platform: string };
}

/** Makes a run's folder. A folder that exists already is refused, since nothing that was measured may be overwritten. */
export function createRunDirectory(path: string): void {
  try {
    mkdirSync(join(path, '..'), { recursive: true });
    mkdirSync(path);
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new HarnessError('environment', {
      message: exists
        ? `could not start a run in ${path}: it exists already, and a run never overwrites another`
        : `could not make the folder ${path}: ${messageOf(error)}`,
      hint: exists
        ? 'Choose another folder with --out, or remove that one.'
        : 'Choose a folder that can be written with --out.',
      cause: error,
    });
  }
}

/** Writes a file of the run; an error names the file and says that the journals are kept. */
export function writeRunFile(directory: string, name: string, text: string): void {
  try {
    writeFileSync(join(directory, name), text);
  } catch (error) {
    throw new HarnessError('environment', {
      message: `could not write ${join(directory, name)}: ${messageOf(error)}`,
      hint: `The journals in ${directory} are kept; once there is room, run: brakecheck score ${directory}`,
      cause: error,
    });
  }
}
