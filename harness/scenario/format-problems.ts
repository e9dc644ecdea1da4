import type { Problem } from './problem.ts';

/** The order in which problems are told: by file, place, then text, so that it never depends on who found them. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.path, b.path) ||
      compareText(a.message, b.message),
  );
}

/**
 * Problems as text, one block each:
 *
 *     scenarios/x.yaml:12:11  steps[0].door: could not read the value: found "consle"; legal: …; did you mean "console"?
 *        12 |     door: consle
 *           |           ^
 */
export function formatProblems(problems: readonly Problem[]): string {
  return sortProblems(problems).map(formatProblem).join('\n\n');
}

function formatProblem(problem: Problem): string {
  const path = problem.path === '' ? '' : `${problem.path}: `;
  const head = `${problem.file}:${problem.line}:${problem.column}  ${path}${problem.message}`;
  if (problem.excerpt.trim() === '') return head;
  const gutter = String(problem.line).padStart(5);
  return [head, `${gutter} | ${problem.excerpt}`, `      | ${' '.repeat(problem.excerptOffset)}^`].join('\n');
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
