import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { TestIt } from '../advice/advised-set.ts';
import { applyChanges, type ProfileChange } from '../advice/profile-change.ts';
import { profileText } from '../advice/profile-text.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import type { PlannedProfile } from '../plan/plan.ts';
import { shellWord } from '../report/shell-word.ts';
import { loadFile } from '../scenario/load-file.ts';
import { createNodeFileReader } from '../scenario/node-file-reader.ts';
import { readFile } from '../scenario/read-file.ts';
import type { AdviseRun } from './advise-run.ts';
import { knownGuardrails } from './known-guardrails.ts';
import { writeRunFile } from './run-directory.ts';
import type { Workspace } from './workspace.ts';

const FOLDER = 'advice';

/** What a changed profile is for: scenarios, the run's seeds, and its number among those of one scenario. */
export interface Tested {
  readonly profile: PlannedProfile;
  readonly changes: readonly ProfileChange[];
  /** Begins the file's name. */
  readonly name: string;
  readonly title: string;
  readonly scenarios: readonly string[];
  readonly seeds: readonly string[];
}

export interface AdviceFiles {
  /** Writes the profile with the changes beside the journals, where it can stand there, and tells how to test it. */
  write(tested: Tested): TestIt;
}

/** Removes what an earlier search has left in the run's folder. */
export function createAdviceFiles(run: AdviseRun, cwd: string, workspace: Workspace): AdviceFiles {
  const folder = join(run.path, FOLDER);
  rmSync(folder, { recursive: true, force: true });
  const refs = new Map<string, string>();
  const refOf = (id: string) => {
    const ref = refs.get(id) ?? scenarioRef(id, { command: run.manifest.command, cwd, workspace });
    refs.set(id, ref);
    return ref;
  };
  return {
    write: ({ profile, changes, name, title, scenarios, seeds }) => {
      const changed = applyChanges(profile, changes);
      const file = standsAlone(changed) ? `${FOLDER}/${fileName(name)}.yaml` : null;
      if (file !== null) {
        makeFolder(folder);
        const id = `${profile.id.replaceAll(/[^a-z0-9-]/g, '').slice(0, 40) || 'profile'}-advised`;
        const text = profileText({ ...changed, id }, { title, comment: COMMENT });
        writeRunFile(run.path, file, text);
      }
      const tested = file === null ? profileRef(run) : relative(cwd, join(run.path, file));
      const [first = '1'] = seeds;
      const count = seeds.length > 1 ? ['--seeds', String(seeds.length)] : [];
      const words = [...scenarios.map(refOf), '--profile', tested, '--seed', first, ...count];
      return { file, command: `brakecheck run ${words.map(shellWord).join(' ')}` };
    },
  };
}

const COMMENT = 'Written by brakecheck advise: the profile of the run with a change that flips the verdict.';

/** Modules and files of adapters are named by paths from the profile's own folder: only built-ins stand anywhere. */
function standsAlone({ guardrails }: PlannedProfile): boolean {
  const known = knownGuardrails();
  return guardrails.every(({ use }) => known.get(use)?.kind === 'built-in');
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new HarnessError('environment', {
      message: `could not make the folder ${folder}: ${messageOf(error)}`,
      hint: 'Advice is kept beside the journals: the folder of the run must be one that can be written.',
      cause: error,
    });
  }
}

/** A journal may call its scenario anything. */
function fileName(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9-]/g, '_').slice(0, 100);
}

/** How the run's command line called the profile, into which the change is to be pasted first. */
function profileRef({ manifest: { command, profile } }: AdviseRun): string {
  return command[command.indexOf('--profile') + 1] !== undefined && command.includes('--profile')
    ? (command[command.indexOf('--profile') + 1] ?? profile)
    : profile;
}

/** The scenario's id where that finds it, else the path by which the run's command line named it. */
function scenarioRef(
  id: string,
  given: { readonly command: readonly string[]; readonly cwd: string; readonly workspace: Workspace },
): string {
  if (given.workspace.catalogue.list('Scenario').some(entry => entry.id === id)) return id;
  const reader = createNodeFileReader(given.cwd);
  const named = given.command.find(word => {
    if (!/\.ya?ml$/.test(word) || reader.stat(word)?.isFile !== true) return false;
    try {
      return loadFile(word, readFile(reader, word), 'Scenario').value.metadata.id === id;
    } catch {
      // A profile, or a file that is broken by now.
      return false;
    }
  });
  return named ?? id;
}
