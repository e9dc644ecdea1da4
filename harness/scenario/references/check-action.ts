import { explainIssues } from '../explain-issues.ts';
import type { FilePath } from '../problem.ts';
import type { Step } from '../step-schema.ts';
import type { World } from '../world-schema.ts';
import { checkResource } from './check-resource.ts';
import { checkVerb } from './check-verb.ts';
import type { References } from './references.ts';
import type { Reporter } from './reporter.ts';

/** The request of one step: its verb exists, the door takes it, its params fit, and it aims at something that exists. */
export function checkAction(
  report: Reporter,
  at: { readonly step: Step; readonly path: FilePath; readonly world: World },
  references: References,
): void {
  const { step, path, world } = at;
  checkResource(report, [...path, 'resource'], step.resource, world);
  if (step.as !== undefined) {
    const legal = world.persons.map(person => person.id);
    report.name([...path, 'as'], { noun: 'person', word: step.as, legal });
  }
  checkBuilds(report, [...path, 'params'], step.params, references.builds);
  const verb = checkVerb(report, [...path, 'verb'], step.verb, references.verbs);
  if (verb === null) return;
  if (!verb.doors.includes(step.door)) {
    report.value([...path, 'door'], {
      code: 'conflict',
      task: `ask for ${step.verb} at the door "${step.door}"`,
      hint: 'that door does not take this verb',
      legal: verb.doors,
    });
  }
  checkParams(report, [...path, 'params'], step.params, verb.params);
}

function checkParams(
  report: Reporter,
  path: FilePath,
  params: Step['params'],
  schema: Parameters<typeof explainIssues>[1]['schema'] & { safeParse(value: unknown): ParseResult },
): void {
  const parsed = schema.safeParse(params);
  if (parsed.success) return;
  // A reference stands for an id that a step will have produced by then; what it is cannot be checked yet.
  const issues = parsed.error.issues.filter(
    issue => !isReference(report.tree.at([...path, ...names(issue.path)])),
  );
  report.add(explainIssues(issues, { tree: report.tree, schema, path }));
}

type Issues = Parameters<typeof explainIssues>[0];
type ParseResult = { success: true } | { success: false; error: { issues: Issues } };

function names(path: readonly PropertyKey[]): FilePath {
  return path.map(part => (typeof part === 'number' ? part : String(part)));
}

/** `@step` or `@step.key`. */
export function isReference(value: unknown): value is string {
  return typeof value === 'string' && /^@[a-z][a-z0-9-]{0,63}(\.[A-Za-z][A-Za-z0-9]{0,63})?$/.test(value);
}

/** In every verb's params, `build` is the id of a build; also inside `set` of a configuration push. */
function checkBuilds(
  report: Reporter,
  path: FilePath,
  params: Readonly<Record<string, unknown>>,
  builds: ReadonlySet<string>,
): void {
  for (const [key, value] of Object.entries(params)) {
    if (key === 'build' && typeof value === 'string' && !isReference(value)) {
      report.name([...path, key], { noun: 'build', word: value, legal: builds });
    }
    if (key === 'set' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      checkBuilds(report, [...path, key], value as Record<string, unknown>, builds);
    }
  }
}
