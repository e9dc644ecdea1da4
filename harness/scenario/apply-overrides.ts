import { explainIssues } from './explain-issues.ts';
import type { LoadedFile } from './load-file.ts';
import { resolveOverridePath } from './override-path.ts';
import type { FilePath, Problem } from './problem.ts';
import type { Override } from './scenario-schema.ts';
import type { SourceTree } from './source-tree.ts';
import { type World, worldSchema } from './world-schema.ts';

/** The world with a scenario's overrides, and a tree whose problems stand at the overrides that caused them. */
export type OverriddenWorld =
  | { readonly problems: readonly Problem[] }
  | { readonly world: World; readonly tree: SourceTree };

/**
 * Applies overrides to the world as written, then validates the whole again, so that defaults and units are the same as
 * in a world file. `overrides` is the scenario's list and `tree` the scenario's.
 */
export function applyOverrides(
  base: Pick<LoadedFile<'World'>, 'tree'>,
  overrides: readonly Override[],
  tree: SourceTree,
): OverriddenWorld {
  const written = structuredClone(base.tree.value);
  const problems: Problem[] = [];
  const applied: (readonly [FilePath, number])[] = [];
  for (const [index, override] of overrides.entries()) {
    const path = resolveOverridePath(override.set, written);
    if ('code' in path) {
      problems.push(tree.atValue(['world', index, 'set'], path));
      continue;
    }
    put(written, path, structuredClone(override.to));
    applied.push([path, index]);
  }
  const overlay = overlayTree(written, applied, tree);
  if (problems.length > 0) return { problems };
  const parsed = worldSchema.safeParse(written);
  if (parsed.success) return { world: parsed.data, tree: overlay };
  return { problems: explainIssues(parsed.error.issues, { tree: overlay, schema: worldSchema, path: [] }) };
}

function put(root: unknown, path: FilePath, value: unknown): void {
  let container = root as Record<string | number, unknown>;
  for (const part of path.slice(0, -1)) {
    // A mapping that the file left to its default.
    container[part] ??= {};
    container = container[part] as Record<string | number, unknown>;
  }
  container[path.at(-1) as string | number] = value;
}

/** Values are the world's; places are those of the override that set the value, or the whole list. */
function overlayTree(
  written: unknown,
  applied: readonly (readonly [FilePath, number])[],
  tree: SourceTree,
): SourceTree {
  const place = (path: FilePath): FilePath => {
    for (const [setPath, index] of applied.toReversed()) {
      if (setPath.every((part, depth) => part === path[depth])) {
        return ['world', index, 'to', ...path.slice(setPath.length)];
      }
    }
    // A contradiction between what was overridden and what was not.
    const near = applied.findLast(([setPath]) => setPath[0] === path[0]);
    return near === undefined ? ['world'] : ['world', near[1], 'to'];
  };
  return {
    value: written,
    has: path => look(written, path).isThere,
    at: path => look(written, path).value,
    atValue: (path, finding) => tree.atValue(place(path), finding),
    atKey: (path, finding) => tree.atKey(place(path), finding),
  };
}

function look(root: unknown, path: FilePath): { isThere: boolean; value: unknown } {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      return { isThere: false, value: undefined };
    value = (value as Record<string | number, unknown>)[part];
  }
  return { isThere: true, value };
}
