import { HarnessError } from '../kernel/errors.ts';
import { nearestWord } from '../kernel/nearest.ts';
import type { FileReader } from './file-reader.ts';
import { findYamlFiles } from './find-yaml-files.ts';
import { InvalidFileError } from './invalid-file-error.ts';
import type { Kind } from './kinds.ts';
import { type AnyLoadedFile, type LoadedFile, loadFile } from './load-file.ts';
import { printable } from './printable.ts';
import type { Problem } from './problem.ts';
import { readFile } from './read-file.ts';

/** One line of a listing. */
interface CatalogueEntry {
  readonly kind: Kind;
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly file: string;
}

/** The files of some folders, by kind and id. A broken file does not hide the others; asking for it tells its problems. */
export interface Catalogue {
  /** Valid files, ordered by kind, then id. */
  list(kind?: Kind): readonly CatalogueEntry[];
  /** Problems of files that could not be loaded, and of ids given twice. */
  readonly problems: readonly Problem[];
  /**
   * The file of that id, or at that path (anything with a `/` or ending in .yaml or .yml), inside the folders or not.
   * Throws a `usage` error with the nearest id, or the `InvalidFileError` of the file.
   */
  find<K extends Kind>(kind: K, idOrPath: string): LoadedFile<K>;
  /** All valid files of a kind, ordered by id. */
  all<K extends Kind>(kind: K): readonly LoadedFile<K>[];
}

/** Loads every YAML file under the folders; which kind each is, it says itself. */
export function openCatalogue(reader: FileReader, folders: readonly string[]): Catalogue {
  const problems: Problem[] = [];
  const files: AnyLoadedFile[] = [];
  for (const path of findYamlFiles(reader, folders)) {
    try {
      const loaded = loadFile(path, readFile(reader, path));
      const twin = files.find(other => isTwin(other, loaded));
      if (twin === undefined) files.push(loaded);
      else problems.push(repeatedId(loaded, twin));
    } catch (thrown) {
      if (!(thrown instanceof InvalidFileError)) throw thrown;
      problems.push(...thrown.problems);
    }
  }
  files.sort((a, b) => compareText(a.kind, b.kind) || compareText(idOf(a), idOf(b)));
  return {
    problems,
    list: kind => files.filter(file => kind === undefined || file.kind === kind).map(entryOf),
    all: <K extends Kind>(kind: K) => files.filter(file => file.kind === kind) as unknown as LoadedFile<K>[],
    find: <K extends Kind>(kind: K, idOrPath: string) => {
      if (isPath(idOrPath)) return loadFile(idOrPath, readFile(reader, idOrPath), kind);
      const found = files.find(file => file.kind === kind && idOf(file) === idOrPath);
      if (found === undefined) throw notFound(kind, idOrPath, { files, problems });
      return found as LoadedFile<Kind> as LoadedFile<K>;
    },
  };
}

function isPath(idOrPath: string): boolean {
  return idOrPath.includes('/') || /\.ya?ml$/.test(idOrPath);
}

function notFound(
  kind: Kind,
  id: string,
  known: { readonly files: readonly AnyLoadedFile[]; readonly problems: readonly Problem[] },
): HarnessError {
  const legal = known.files.filter(file => file.kind === kind).map(idOf);
  const nearest = nearestWord(id, legal);
  const other = known.files.find(file => idOf(file) === id);
  const reasons = [
    legal.length === 0 ? `there is no ${kind} at all` : `known: ${legal.join(', ')}`,
    ...(other === undefined ? [] : [`"${id}" is a ${other.kind}`]),
    ...(nearest === null ? [] : [`did you mean "${nearest}"?`]),
  ];
  // Its own file may be among those that could not be loaded.
  const broken = [...new Set(known.problems.map(problem => problem.file))];
  const hint =
    broken.length === 0
      ? 'List what there is: brakecheck list. A path to a file works as well.'
      : `Some files could not be loaded: ${broken.slice(0, 5).join(', ')}. See: brakecheck validate`;
  return new HarnessError('usage', {
    message: `could not find the ${kind} "${printable(id, 64)}": ${reasons.join('; ')}`,
    hint,
  });
}

function isTwin(a: AnyLoadedFile, b: AnyLoadedFile): boolean {
  return a.kind === b.kind && idOf(a) === idOf(b);
}

function repeatedId(loaded: AnyLoadedFile, twin: AnyLoadedFile): Problem {
  return loaded.tree.atValue(['metadata', 'id'], {
    code: 'conflict',
    task: `call a second ${loaded.kind} "${idOf(loaded)}"`,
    found: `that id in ${twin.file} already`,
    hint: 'ids are unique among files of a kind',
  });
}

function entryOf(file: AnyLoadedFile): CatalogueEntry {
  return { kind: file.kind, file: file.file, ...file.value.metadata };
}

function idOf(file: AnyLoadedFile): string {
  return file.value.metadata.id;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
