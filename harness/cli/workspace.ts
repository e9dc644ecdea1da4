import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verbCatalogue } from '../control-plane/verb-catalogue.ts';
import { type Catalogue, openCatalogue } from '../scenario/catalogue.ts';
import type { FileReader } from '../scenario/file-reader.ts';
import { InvalidFileError } from '../scenario/invalid-file-error.ts';
import { type LoadedFile, loadFile } from '../scenario/load-file.ts';
import { createNodeFileReader } from '../scenario/node-file-reader.ts';
import type { Problem } from '../scenario/problem.ts';
import { readFile } from '../scenario/read-file.ts';
import { checkReferences } from '../scenario/references/check-references.ts';
import type { References } from '../scenario/references/references.ts';
import { type LoadedBuild, loadBuilds } from '../stack/load-builds.ts';
import { knownGuardrails } from './known-guardrails.ts';

/** Everything that commands work on: the files, and what they may refer to. */
export interface Workspace {
  readonly catalogue: Catalogue;
  readonly world: LoadedFile<'World'>;
  readonly builds: ReadonlyMap<string, LoadedBuild>;
  readonly buildFolders: readonly string[];
  readonly references: References;
}

/** Opens the project's own files and, when there are any, those under `scenarios/` and `fixtures/builds/` of `cwd`. */
export async function openWorkspace(cwd: string): Promise<Workspace> {
  const root = projectRoot();
  const reader = createNodeFileReader(cwd);
  const catalogue = openCatalogue(reader, [...new Set(folders(cwd, root, 'scenarios'))]);
  const buildFolders = [
    join(root, 'fixtures/retail'),
    ...new Set([join(root, 'fixtures/builds'), resolve(cwd, 'fixtures/builds')]),
  ].filter(folder => existsSync(folder));
  const builds = await loadBuilds(buildFolders);
  const world = catalogue.find('World', 'retail');
  const references: References = {
    world,
    verbs: verbCatalogue(),
    builds: new Set(builds.keys()),
    guardrails: knownGuardrails(),
    scenarios: catalogue.list('Scenario'),
    profiles: catalogue.list('Profile').map(({ id }) => id),
    fileExists: path => existsSync(resolve(cwd, path)),
    mapProblems: path => mapProblems(path, reader, references),
  };
  return { catalogue, world, builds, buildFolders, references };
}

function mapProblems(path: string, reader: FileReader, references: References): readonly Problem[] {
  try {
    return checkReferences(loadFile(path, readFile(reader, path), 'Map'), references);
  } catch (error) {
    if (error instanceof InvalidFileError) return error.problems;
    throw error;
  }
}

/** The folder that holds `package.json`: two above this file in the sources, three in `dist`. */
export function projectRoot(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return resolve(here, here.includes(`${join('dist', 'harness')}`) ? '../../..' : '../..');
}

function folders(cwd: string, root: string, name: string): string[] {
  return [relative(cwd, join(root, name)) || name, name];
}
