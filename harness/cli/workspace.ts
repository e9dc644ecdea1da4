import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verbCatalogue } from '../control-plane/verb-catalogue.ts';
import { builtInGuardrails } from '../guardrails/registry.ts';
import { type Catalogue, openCatalogue } from '../scenario/catalogue.ts';
import type { LoadedFile } from '../scenario/load-file.ts';
import { createNodeFileReader } from '../scenario/node-file-reader.ts';
import type { References } from '../scenario/references/references.ts';
import { type LoadedBuild, loadBuilds } from '../stack/load-builds.ts';

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
  const catalogue = openCatalogue(createNodeFileReader(cwd), [...new Set(folders(cwd, root, 'scenarios'))]);
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
    guardrails: builtInGuardrails(),
    fileExists: path => existsSync(resolve(cwd, path)),
  };
  return { catalogue, world, builds, buildFolders, references };
}

/** The folder that holds `package.json`: two above this file in the sources, three in `dist`. */
export function projectRoot(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return resolve(here, here.includes(`${join('dist', 'harness')}`) ? '../../..' : '../..');
}

function folders(cwd: string, root: string, name: string): string[] {
  return [relative(cwd, join(root, name)) || name, name];
}
