import { HarnessError } from '../kernel/errors.ts';
import { formatProblems, sortProblems } from './format-problems.ts';
import type { Problem } from './problem.ts';

/** A file that cannot be used, with everything that is wrong with it, in the order of the file. */
export class InvalidFileError extends HarnessError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('file', { message: formatProblems(problems), hint: hintFor(problems) });
    this.name = 'InvalidFileError';
    this.problems = sortProblems(problems);
  }
}

function hintFor(problems: readonly Problem[]): string {
  const files = new Set(problems.map(problem => problem.file)).size;
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return `${count} in ${files === 1 ? '1 file' : `${files} files`}. The whole format: brakecheck schema`;
}
