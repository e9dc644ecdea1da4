import { join, relative } from 'node:path';
import { openCatalogue } from '../scenario/catalogue.ts';
import type { FileReader } from '../scenario/file-reader.ts';
import { modulePath } from '../scenario/guardrail-module.ts';
import { InvalidFileError } from '../scenario/invalid-file-error.ts';
import { type AnyLoadedFile, type LoadedFile, loadFile } from '../scenario/load-file.ts';
import { createNodeFileReader } from '../scenario/node-file-reader.ts';
import { readFile } from '../scenario/read-file.ts';
import { isPathSelector } from '../scenario/selector.ts';
import { projectRoot } from './workspace.ts';

/**
 * Scenario files that a run may have used, those that its command line names first: by path, or through a game day's
 * file; then those under `scenarios/` of `cwd`, and those of the project. A file that is broken now is left out.
 */
export function scenarioFiles(command: readonly string[], cwd: string): LoadedFile<'Scenario'>[] {
  const reader = createNodeFileReader(cwd);
  const shipped = relative(cwd, join(projectRoot(), 'scenarios')) || 'scenarios';
  const named = command.filter(isYaml).flatMap(path => loadAny(reader, path));
  const ofGameDays = named.flatMap(loaded =>
    loaded.kind === 'GameDay'
      ? loaded.value.scenarios
          .filter(isPathSelector)
          .flatMap(path => loadAny(reader, modulePath(loaded.file, path)))
      : [],
  );
  return [
    ...[...named, ...ofGameDays].filter(isScenario),
    ...openCatalogue(reader, [...new Set(['scenarios', shipped])]).all('Scenario'),
  ];
}

function isYaml(word: string): boolean {
  return /\.ya?ml$/.test(word);
}

function isScenario(loaded: AnyLoadedFile): loaded is LoadedFile<'Scenario'> & AnyLoadedFile {
  return loaded.kind === 'Scenario';
}

function loadAny(reader: FileReader, path: string): AnyLoadedFile[] {
  try {
    return [loadFile(path, readFile(reader, path))];
  } catch (error) {
    if (error instanceof InvalidFileError) return [];
    throw error;
  }
}
