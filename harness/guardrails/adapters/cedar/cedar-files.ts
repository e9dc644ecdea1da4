import type { CedarValueJson, EntityJson, PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import { z } from 'zod';
import { digestOf } from '../../../kernel/digest.ts';
import { messageOf } from '../../../kernel/errors.ts';
import type { Outside } from '../../../ports/outside.ts';
import { AdapterFault } from '../adapter.ts';
import { type AnnotatedDemand, readApprovalAnnotation } from './approval-annotation.ts';
import type { CedarOptions } from './cedar.ts';
import { cedarError } from './cedar-error.ts';
import { type CedarSchema, type CedarSets, loadSets } from './cedar-sets.ts';
import type { CedarEngine } from './load-cedar.ts';

/** One policy as it is known here: by its annotation `@id`, else by its place. */
export interface KnownPolicy {
  readonly id: string;
  readonly text: string;
  /** Present on a forbid policy that approvals lift. */
  readonly demand: AnnotatedDemand | null;
}

export interface ReadPolicies {
  readonly known: ReadonlyMap<string, KnownPolicy>;
  /** Hands the policies to the engine; null: no schema. */
  load(schema: SchemaFile | null): CedarSets;
}

export interface SchemaFile {
  readonly file: string;
  readonly text: string;
}

/** Splits the files into policies. Throws an `AdapterFault` for what cannot be loaded. */
export function readPolicies(
  engine: CedarEngine,
  texts: readonly string[],
  given: Pick<CedarOptions, 'approvalFrom' | 'policies'>,
): ReadPolicies {
  const known = new Map<string, KnownPolicy>();
  texts.forEach((text, index) => {
    const file = given.policies[index] ?? '';
    for (const policy of splitFile(engine, text, file)) {
      const json = engine.policyToJson(policy);
      if (json.type === 'failure') throw notLoaded(cedarError(json.errors[0], { file, text: policy }));
      const id = freeId(json.json.annotations?.id ?? `policy-${known.size + 1}`, known);
      known.set(id, { id, text: policy, demand: demandOf(json.json, id, given.approvalFrom) });
    }
  });
  if (known.size === 0) throw notLoaded('the files hold no policy, so that every request would be denied');
  return { known, load: schema => loadSets(engine, known, schema === null ? null : readSchema(schema)) };
}

const uid = z.strictObject({ type: z.string(), id: z.string() });
const entitySchema = z.array(
  z.looseObject({
    uid: z.union([uid, z.strictObject({ __entity: uid })]),
    attrs: z.record(z.string(), z.custom<CedarValueJson>()).default({}),
    parents: z.array(z.union([uid, z.strictObject({ __entity: uid })])).default([]),
  }),
);

/** Entities as Cedar's own tools write them: a JSON array. The engine looks at the rest when it is asked. */
export async function readJsonFile(outside: Outside, path: string): Promise<readonly EntityJson[]> {
  try {
    return entitySchema.parse(JSON.parse(await outside.readText(path)));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const where =
      issue === undefined ? messageOf(error) : `${issue.path.join('.') || 'root'}: ${issue.message}`;
    throw notLoaded(`${path} is no JSON array of entities with uid, attrs and parents (${where})`);
  }
}

function splitFile(engine: CedarEngine, text: string, file: string): readonly string[] {
  const parts = engine.policySetTextToParts(text);
  if (parts.type === 'failure') throw notLoaded(cedarError(parts.errors[0], { file, text }));
  if (parts.policy_templates.length > 0) {
    throw notLoaded(
      `${file} holds a policy template; write it out as a policy, since its links are kept elsewhere`,
    );
  }
  return inFileOrder(parts.policies);
}

/** The engine names policies policy0, policy1 and so on, and gives them back sorted by these names as text. */
function inFileOrder(sorted: readonly string[]): readonly string[] {
  const names = sorted.map((_, index) => `policy${index}`).sort();
  return sorted
    .map((text, index) => ({ text, place: Number((names[index] ?? '').slice('policy'.length)) }))
    .sort((a, b) => a.place - b.place)
    .map(({ text }) => text);
}

function freeId(wanted: string, known: ReadonlyMap<string, KnownPolicy>): string {
  let id = wanted;
  for (let count = 2; known.has(id); count++) id = `${wanted}-${count}`;
  return id;
}

function demandOf({ annotations, effect }: PolicyJson, id: string, name: string): AnnotatedDemand | null {
  const text = annotations !== undefined && Object.hasOwn(annotations, name) ? annotations[name] : undefined;
  if (text === undefined) return null;
  if (effect !== 'forbid') throw notLoaded(`policy ${id} permits, and @${name} belongs to what forbids`);
  const demand = readApprovalAnnotation(text);
  if (demand !== null) return demand;
  throw notLoaded(
    `policy ${id} says @${name}("${text}"), and it must be such as "2 senior", "2" or "senior"`,
  );
}

function readSchema({ file, text }: SchemaFile): CedarSchema {
  const name = digestOf(text);
  if (!file.endsWith('.json')) return { file, text, schema: text, name };
  try {
    return { file, text, schema: JSON.parse(text) as object, name };
  } catch (error) {
    throw notLoaded(`${file} is no JSON: ${messageOf(error)}`);
  }
}

function notLoaded(reason: string): AdapterFault {
  return new AdapterFault('not-loaded', { reason });
}
