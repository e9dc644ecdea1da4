import type { Params } from '../ports/action.ts';

type StepOutput = Readonly<Record<string, unknown>>;
export type StepOutputs = Map<string, StepOutput>;

/** Keys under which verbs hand back what they made, in the order in which a bare `@step` looks for them. */
const MADE = [
  'artefactId',
  'changeRecordId',
  'approvalId',
  'pullRequestId',
  'rolloutId',
  'backupId',
] as const;
const REFERENCE = /^@([a-z][a-z0-9-]{0,63})(?:\.([A-Za-z][A-Za-z0-9]{0,63}))?$/;
const DEPTH_LIMIT = 16;

export interface References {
  readonly stepIds: ReadonlySet<string>;
  readonly outputs: StepOutputs;
}

/**
 * The id that `text` stands for: `@step` or `@step.key` give what the step produced, any other text itself.
 * Null when the step has produced nothing of the kind. `preferred` is looked for first.
 */
export function resolveReference(
  text: string,
  references: References,
  preferred: readonly string[] = [],
): string | null {
  const match = REFERENCE.exec(text);
  const stepId = match?.[1];
  if (stepId === undefined || !references.stepIds.has(stepId)) return text;
  const output = references.outputs.get(stepId);
  if (output === undefined) return null;
  const keys = match?.[2] === undefined ? [...preferred, ...MADE] : [match[2]];
  for (const key of keys) {
    const value = output[key];
    if (typeof value === 'string') return value;
  }
  return null;
}

/** Params with every `@step` replaced. A reference to a step that produced nothing is left out, as its author has nothing to hand in. */
export function resolveParams(params: Params, references: References): Params {
  return resolveObject(params, references, 0);
}

function resolveObject(object: Params, references: References, depth: number): Record<string, unknown> {
  const resolved: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const inner = resolveValue(key, value, references, depth);
    if (inner !== undefined) resolved[key] = inner;
  }
  return resolved;
}

function resolveValue(key: string, value: unknown, references: References, depth: number): unknown {
  if (typeof value === 'string') return resolveReference(value, references, [key, `${key}Id`]) ?? undefined;
  if (depth >= DEPTH_LIMIT || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value
      .map(item => resolveValue(key, item, references, depth + 1))
      .filter(item => item !== undefined);
  }
  return resolveObject(value as Params, references, depth + 1);
}
