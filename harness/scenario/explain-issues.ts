import type { z } from 'zod';
import { nearestWord } from '../kernel/nearest.ts';
import { describeFound } from './describe-found.ts';
import { LIMITS } from './limits.ts';
import { printable } from './printable.ts';
import type { FilePath, Problem } from './problem.ts';
import {
  closestOption,
  definitionOf,
  expectedOf,
  inputSchema,
  legalKeys,
  legalWords,
  schemaAt,
} from './schema-walk.ts';
import type { SourceTree } from './source-tree.ts';
import { unionKind } from './union-kind.ts';
import { repaired, withoutSchema, wrongTypeFinding, wrongValue } from './value-findings.ts';

type AnySchema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;

/** Where a schema was applied: the whole file, or a part of it such as a step's params. */
export interface Applied {
  readonly tree: SourceTree;
  readonly schema: AnySchema;
  readonly path: FilePath;
}

/** zod's issues as problems of the file, in its words: legal keys and values, the nearest one, a corrected text. */
export function explainIssues(issues: readonly Issue[], applied: Applied): readonly Problem[] {
  const problems: Problem[] = [];
  const renamed = keysThatWereMeant(issues, applied);
  for (const issue of issues) {
    if (problems.length >= LIMITS.problems) break;
    const path = [...applied.path, ...pathOf(issue)];
    // `dor` and the missing `door` are one mistake.
    if (!applied.tree.has(path) && renamed.has(JSON.stringify(path))) continue;
    problems.push(...explainIssue(issue, applied, path));
  }
  return problems;
}

function explainIssue(issue: Issue, applied: Applied, path: FilePath): readonly Problem[] {
  const { tree } = applied;
  const owner = issue.code === 'invalid_key' ? issue.path.slice(0, -1) : issue.path;
  const schema = schemaAt(applied.schema, owner, tree.at(applied.path));
  if (schema === null) return [tree.atValue(path, withoutSchema(issue))];
  if (issue.code === 'unrecognized_keys') return explainKeys(issue.keys, { tree, schema, path });
  if (issue.code === 'invalid_union') return explainUnion(issue, { tree, schema, path });
  if (issue.code === 'invalid_key') return [explainRecordKey({ tree, schema, path })];
  if (!tree.has(path)) return [explainMissing({ tree, schema, path })];
  return [tree.atValue(path, wrongValue(issue, schema, tree.at(path)))];
}

function explainKeys(keys: readonly string[], at: Applied): readonly Problem[] {
  const schema = optionWithout(keys, at);
  const legal = legalKeys(schema);
  return keys.slice(0, LIMITS.problems).map(key => {
    return at.tree.atKey([...at.path, key], {
      code: 'unknown-key',
      task: `use the key "${printable(key, 40)}"`,
      legal,
      nearest: nearestFreeKey(key, { ...at, schema }),
      hint: key === '<<' ? 'merge keys are not part of YAML 1.2; write the entries out' : null,
    });
  });
}

/** Of a union, the option that these keys are unknown to: zod tells its problem as the union's when no other option is near. */
function optionWithout(keys: readonly string[], at: Applied): AnySchema {
  const { type, options = [] } = definitionOf(inputSchema(at.schema));
  if (type !== 'union') return at.schema;
  const without = options.filter(option => !keys.some(key => legalKeys(option).includes(key)));
  return closestOption(without, at.tree.at(at.path)) ?? at.schema;
}

/** The nearest legal key that the mapping does not have yet. */
function nearestFreeKey(key: string, at: Applied): string | null {
  return nearestWord(
    key,
    legalKeys(at.schema).filter(legal => !at.tree.has([...at.path, legal])),
  );
}

/** Paths of missing keys for which a key near to them stands in the file. */
function keysThatWereMeant(issues: readonly Issue[], applied: Applied): ReadonlySet<string> {
  const meant = new Set<string>();
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const path = [...applied.path, ...pathOf(issue)];
    const schema = schemaAt(applied.schema, issue.path, applied.tree.at(applied.path));
    if (schema === null) continue;
    for (const key of issue.keys.slice(0, LIMITS.problems)) {
      const nearest = nearestFreeKey(key, { tree: applied.tree, schema, path });
      if (nearest !== null) meant.add(JSON.stringify([...path, nearest]));
    }
  }
  return meant;
}

function explainUnion(issue: Issue & { code: 'invalid_union' }, at: Applied): readonly Problem[] {
  const { tree, schema, path } = at;
  const options = definitionOf(inputSchema(schema)).options ?? [];
  const value = tree.at(path);
  if (!tree.has(path)) return [explainMissing(at)];
  const fitting = options.filter((_, index) => !isOtherType(issue.errors[index] ?? []));
  const branch = closestOption(fitting, value);
  const errors = branch === null ? undefined : issue.errors[options.indexOf(branch)];
  const isText = typeof value === 'string';
  // A text that fits no option as text is told with all options: the branch alone would hide the others.
  if (branch === null || errors === undefined || isText || hasNothingOf(branch, value)) {
    const repair = options.map(option => repaired(option, value)).find(text => text !== null) ?? null;
    return [tree.atValue(path, wrongTypeFinding(schema, value, repair))];
  }
  const kind = explainKind(options, at);
  if (kind !== null) return [kind];
  return explainIssues(errors, { tree, schema: branch, path });
}

/** A word of no option, under the key that tells them apart: the other keys wait until it is known which are legal. */
function explainKind(options: readonly AnySchema[], { tree, path }: Applied): Problem | null {
  const kind = unionKind(options);
  if (kind === null) return null;
  const at = [...path, kind.key];
  const word = tree.at(at);
  if (!tree.has(at) || kind.legal.some(legal => legal === word)) return null;
  return tree.atValue(at, {
    code: typeof word === 'string' ? 'wrong-value' : 'wrong-type',
    task: 'read the value',
    found: describeFound(word),
    legal: kind.legal,
    nearest: typeof word === 'string' ? nearestWord(word, kind.legal) : null,
  });
}

function isOtherType(errors: readonly Issue[]): boolean {
  return errors.some(
    error => error.path.length === 0 && ['invalid_type', 'invalid_value'].includes(error.code),
  );
}

/** A mapping with none of the branch's keys, nor any near to them. */
function hasNothingOf(branch: AnySchema, value: unknown): boolean {
  const keys = legalKeys(branch);
  if (keys.length === 0 || typeof value !== 'object' || value === null) return false;
  return !Object.keys(value).some(key => keys.includes(key) || nearestWord(key, keys) !== null);
}

/** A record's key that its key schema refuses. `schema` is the record's. */
function explainRecordKey({ tree, schema, path }: Applied): Problem {
  const keyType = definitionOf(inputSchema(schema)).keyType ?? schema;
  const key = String(path.at(-1));
  const legal = legalWords(keyType);
  return tree.atKey(path, {
    code: legal.length > 0 ? 'unknown-key' : 'wrong-value',
    task: `use the key "${printable(key, 40)}"`,
    expected: legal.length > 0 ? null : expectedOf(keyType),
    legal,
    nearest: legal.length > 0 ? nearestWord(key, legal) : repaired(keyType, key),
  });
}

function explainMissing({ tree, schema, path }: Applied): Problem {
  const legal = legalWords(schema);
  return tree.atValue(path, {
    code: 'missing-key',
    task: `find the required key "${String(path.at(-1))}"`,
    expected: legal.length > 0 ? null : expectedOf(schema),
    legal,
  });
}

function pathOf(issue: Issue): FilePath {
  return issue.path.map(part => (typeof part === 'number' ? part : String(part)));
}
