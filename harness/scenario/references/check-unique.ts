import type { Reporter } from './reporter.ts';

/** Entries of a list that must differ; `key` is the key that holds the name, or empty for a list of names. */
export function checkUnique(
  report: Reporter,
  path: readonly (string | number)[],
  words: readonly string[],
  key: string,
): void {
  for (const [index, word] of words.entries()) {
    if (words.indexOf(word) === index) continue;
    report.value(key === '' ? [...path, index] : [...path, index, key], {
      code: 'conflict',
      task: `name "${word}" a second time`,
      hint: 'each stands once in this list',
    });
  }
}
