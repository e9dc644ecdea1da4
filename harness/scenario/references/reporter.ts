import { nearestWord } from '../../kernel/nearest.ts';
import { LIMITS } from '../limits.ts';
import { printable } from '../printable.ts';
import type { FilePath, Finding, Problem } from '../problem.ts';
import type { SourceTree } from '../source-tree.ts';

/** Collects what is wrong with one file, with places. */
export interface Reporter {
  readonly tree: SourceTree;
  readonly problems: readonly Problem[];
  value(path: FilePath, finding: Finding): void;
  key(path: FilePath, finding: Finding): void;
  add(problems: readonly Problem[]): void;
  /** True when `word` is one of the legal names; else tells so, with the nearest. */
  name(path: FilePath, name: Named): boolean;
  /** The same for a key. */
  keyName(path: FilePath, name: Named): boolean;
}

interface Named {
  readonly noun: string;
  readonly word: string;
  readonly legal: Iterable<string>;
  readonly hint?: string;
}

export function createReporter(tree: SourceTree): Reporter {
  const problems: Problem[] = [];
  const add = (found: readonly Problem[]) => {
    for (const problem of found) if (problems.length < LIMITS.problems) problems.push(problem);
  };
  const value = (path: FilePath, finding: Finding) => add([tree.atValue(path, finding)]);
  const key = (path: FilePath, finding: Finding) => add([tree.atKey(path, finding)]);
  return {
    tree,
    problems,
    value,
    key,
    add,
    name: (path, named) => check(named, finding => value(path, finding)),
    keyName: (path, named) => check(named, finding => key(path, finding)),
  };
}

function check(named: Named, tell: (finding: Finding) => void): boolean {
  const legal = [...named.legal];
  if (legal.includes(named.word)) return true;
  tell({
    code: 'unknown-name',
    task: `find the ${named.noun} "${printable(named.word, 60)}"`,
    legal,
    nearest: nearestWord(named.word, legal),
    hint: named.hint ?? (legal.length === 0 ? `there is no ${named.noun} to refer to` : null),
  });
  return false;
}
