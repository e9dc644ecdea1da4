import { digestOf } from '../kernel/digest.ts';
import { nearestWord } from '../kernel/nearest.ts';
import { stableJson } from '../kernel/stable-json.ts';
import { API_VERSION } from './common-schema.ts';
import { describeFound } from './describe-found.ts';
import { explainIssues } from './explain-issues.ts';
import { InvalidFileError } from './invalid-file-error.ts';
import { isKind, KINDS, type Kind, schemaOf, type ValueOf } from './kinds.ts';
import { LIMITS } from './limits.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Finding, Problem } from './problem.ts';
import { readSourceText } from './source-text.ts';
import { type BuiltTree, createSourceTree, type SourceTree } from './source-tree.ts';

/** A file whose every value is valid by its schema; what it refers to is checked by `checkReferences`. */
export interface LoadedFile<K extends Kind = Kind> {
  readonly file: string;
  readonly kind: K;
  /** Defaults filled in, durations in ms, shares as ratios. */
  readonly value: ValueOf<K>;
  /** As written, with places for further problems. */
  readonly tree: SourceTree;
  /** Of the validated value: comments and layout do not change it. */
  readonly digest: string;
}

/** A loaded file of any one kind, told apart by `kind`. */
export type AnyLoadedFile = { [K in Kind]: LoadedFile<K> }[Kind];

/**
 * Reads one file of the given kind, or of any kind. `file` is the name used in problems.
 * Throws an `InvalidFileError` with all problems at once, and nothing else.
 */
export function loadFile(file: string, bytes: Uint8Array): AnyLoadedFile;
export function loadFile<K extends Kind>(file: string, bytes: Uint8Array, kind: K): LoadedFile<K>;
export function loadFile(file: string, bytes: Uint8Array, kind?: Kind): AnyLoadedFile {
  const { tree, problems } = readTree(file, bytes);
  const header = checkHeader(tree, kind);
  if ('problems' in header) throw new InvalidFileError([...problems, ...header.problems]);
  const schema = schemaOf(header.kind);
  const parsed = schema.safeParse(tree.value);
  if (!parsed.success) {
    const explained = explainIssues(parsed.error.issues, { tree, schema, path: [] });
    throw new InvalidFileError(capped([...problems, ...explained], tree));
  }
  if (problems.length > 0) throw new InvalidFileError(problems);
  const value = parsed.data;
  return { file, kind: header.kind, value, tree, digest: digestOf(stableJson(value)) } as AnyLoadedFile;
}

function readTree(file: string, bytes: Uint8Array): BuiltTree {
  const source = readSourceText(file, bytes);
  if ('code' in source) throw new InvalidFileError([source]);
  const { document, problems } = parseYaml(source);
  if (document === null) throw new InvalidFileError(problems);
  const built = createSourceTree(source, document);
  if (!built.isWhole) throw new InvalidFileError(built.problems);
  return built;
}

/** Which schema to apply; problems when the file does not say so, or is not for this version. */
function checkHeader(tree: SourceTree, wanted?: Kind): { kind: Kind } | { problems: readonly Problem[] } {
  if (typeof tree.value !== 'object' || tree.value === null || Array.isArray(tree.value)) {
    return { problems: [tree.atValue([], notMapping(tree.value))] };
  }
  const problems: Problem[] = [];
  const version = tree.at(['apiVersion']);
  const kind = tree.at(['kind']);
  if (!tree.has(['apiVersion']))
    problems.push(tree.atValue(['apiVersion'], missing('apiVersion', [API_VERSION])));
  else if (version !== API_VERSION) problems.push(tree.atValue(['apiVersion'], wrongVersion(version)));
  const legal = wanted === undefined ? KINDS : [wanted];
  if (!tree.has(['kind'])) problems.push(tree.atValue(['kind'], missing('kind', legal)));
  else if (!isKind(kind) || !legal.includes(kind))
    problems.push(tree.atValue(['kind'], wrongKind(kind, legal)));
  return problems.length === 0 && isKind(kind) ? { kind } : { problems };
}

function notMapping(value: unknown): Finding {
  return {
    code: 'wrong-type',
    task: 'read the file',
    found: describeFound(value),
    expected: 'a mapping that begins with apiVersion and kind',
  };
}

function missing(key: string, legal: readonly string[]): Finding {
  return { code: 'missing-key', task: `find the required key "${key}"`, legal };
}

function wrongVersion(version: unknown): Finding {
  const number = typeof version === 'string' ? /^brakecheck\/v(\d{1,6})$/.exec(version)?.[1] : undefined;
  const isNewer = number !== undefined && Number(number) > 1;
  return {
    code: 'wrong-version',
    task: 'read this version of the format',
    found: describeFound(version),
    legal: [API_VERSION],
    hint: isNewer ? 'the file was written for a newer version of brakecheck; update brakecheck' : null,
    nearest: typeof version === 'string' && !isNewer ? nearestWord(version, [API_VERSION]) : null,
  };
}

function wrongKind(kind: unknown, legal: readonly Kind[]): Finding {
  const isOther = isKind(kind);
  return {
    code: 'wrong-kind',
    task: isOther
      ? `use a ${kind} where a ${legal.join(' or ')} is wanted`
      : 'tell what kind of file this is',
    found: isOther ? null : describeFound(kind),
    legal: isOther ? [] : legal,
    nearest: isOther || typeof kind !== 'string' ? null : nearestWord(kind, legal),
  };
}

function capped(problems: readonly Problem[], tree: SourceTree): readonly Problem[] {
  if (problems.length < LIMITS.problems) return problems;
  const note = tree.atValue([], {
    code: 'too-many-problems',
    task: 'tell all problems of this file',
    found: `${LIMITS.problems} or more`,
    hint: 'mend these first',
  });
  return [...problems.slice(0, LIMITS.problems), note];
}
