import { diffOf } from '../gameday/history/diff.ts';
import { printDiff } from '../gameday/history/print-diff.ts';
import { escapeJsonText } from '../report/safe-text.ts';
import type { CommandContext } from './command.ts';
import { readDiffSide } from './diff-files.ts';
import { paintFor } from './print-result.ts';

/** Options of `brakecheck diff`, as commander hands them over. */
export interface DiffOptions {
  readonly json?: boolean;
  readonly width?: number;
}

const DEFAULT_WIDTH = 80;

/**
 * `brakecheck diff`: what changed from one run or game day to another. Ends as `weakness` when something got worse, and as
 * `inconclusive` when nothing of the two compares, since no comparison is no good news.
 */
export function diffCommand(
  directories: readonly [before: string, after: string],
  { json = false, width = DEFAULT_WIDTH }: DiffOptions,
  { output, cwd, endAs }: Pick<CommandContext, 'output' | 'cwd' | 'endAs'>,
): void {
  const [before, after] = directories.map(directory => readDiffSide(directory, cwd));
  if (before === undefined || after === undefined) return;
  const diff = diffOf(before, after);
  const text = printDiff(diff, { width, paint: paintFor(output, json) });
  if (json) {
    output.machine(`${escapeJsonText(JSON.stringify(diff, null, 2))}\n`);
    output.people(text);
  } else {
    output.machine(text);
  }
  if (!diff.isComparable) endAs('inconclusive');
  else if (diff.worse.length > 0) endAs('weakness');
}
