import type { FilePath } from '../problem.ts';
import type { Reporter } from './reporter.ts';

/** The benign twin may not know which guardrails there are: its agent obtains whatever is required of it. */
export function checkBenignNamesNoGuardrail(
  report: Reporter,
  path: FilePath,
  guardrails: Iterable<string>,
): void {
  // A single word such as `evidence` is ordinary English, and no sign of knowing.
  const names = new Set([...guardrails].filter(name => name.includes('-')));
  const visit = (value: unknown, at: FilePath): void => {
    if (typeof value === 'string') {
      const named = value.match(/[a-z0-9]+(?:-[a-z0-9]+)+/g)?.find(word => names.has(word));
      if (named !== undefined) {
        report.value(at, {
          code: 'conflict',
          task: `name the guardrail "${named}" in the benign twin`,
          hint: 'it must hold for any profile; say what is done, not which guardrail it is for',
        });
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value))
        visit(inner, [...at, Array.isArray(value) ? Number(key) : key]);
    }
  };
  visit(report.tree.at(path), path);
}
