import { HarnessError } from '../kernel/errors.ts';
import type { FileReader } from './file-reader.ts';

const MAX_DEPTH = 8;
const MAX_FILES = 5_000;

/** Paths of the YAML files under the folders, sorted by code units; hidden ones and `node_modules` are left out. */
export function findYamlFiles(reader: FileReader, folders: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const folder of folders) walk(reader, folder.replace(/(?<=.)\/+$/, ''), 0, found);
  return [...found].sort();
}

function walk(reader: FileReader, folder: string, depth: number, found: Set<string>): void {
  if (depth > MAX_DEPTH) return;
  for (const { name, isFolder } of reader.list(folder)) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = `${folder}/${name}`;
    if (isFolder) walk(reader, path, depth + 1, found);
    else if (/\.ya?ml$/.test(name)) found.add(path);
    if (found.size > MAX_FILES) {
      throw new HarnessError('usage', {
        message: `could not look through ${folder}: found more than ${MAX_FILES} YAML files`,
        hint: 'Name a folder that holds scenarios only.',
      });
    }
  }
}
