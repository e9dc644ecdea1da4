import type { VerbCatalogue, VerbInfo } from '../../ports/verb.ts';
import type { FilePath } from '../problem.ts';
import type { Reporter } from './reporter.ts';

/** The verb of that exact name; null, and told, when there is none. */
export function checkVerb(
  report: Reporter,
  path: FilePath,
  verb: string,
  verbs: VerbCatalogue,
): VerbInfo | null {
  return report.name(path, { noun: 'verb', word: verb, legal: verbs.keys() })
    ? (verbs.get(verb) ?? null)
    : null;
}

/** A verb, a family such as `environment.*`, or `*`: it must cover some verb. */
export function checkVerbPattern(
  report: Reporter,
  path: FilePath,
  pattern: string,
  verbs: VerbCatalogue,
): void {
  if (pattern === '*') return;
  if (!pattern.endsWith('.*')) {
    checkVerb(report, path, pattern, verbs);
    return;
  }
  const families = new Set([...verbs.keys()].map(verb => `${verb.split('.')[0]}.*`));
  report.name(path, { noun: 'family of verbs', word: pattern, legal: families });
}
