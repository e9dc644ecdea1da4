import type { AuthorizationAnswer, Schema } from '@cedar-policy/cedar-wasm/nodejs';
import { digestOf } from '../../../kernel/digest.ts';
import { stableJson } from '../../../kernel/stable-json.ts';
import { AdapterFault } from '../adapter.ts';
import type { CedarCall } from './cedar-call.ts';
import { cedarError } from './cedar-error.ts';
import type { KnownPolicy } from './cedar-files.ts';
import type { CedarEngine } from './load-cedar.ts';

export interface CedarAnswers {
  /** By all policies. */
  readonly all: AuthorizationAnswer;
  /** By the policies that no approval lifts. Not asked unless it matters. */
  withoutLiftable(): AuthorizationAnswer;
}

export interface CedarSchema {
  readonly file: string;
  readonly text: string;
  readonly schema: string | object;
  /** The engine keeps it under this name. */
  readonly name: string;
}

/** The policies as the engine holds them. */
export interface CedarSets {
  ask(call: CedarCall): CedarAnswers;
}

/**
 * Hands both sets to the engine, which keeps them under the digest of their text for as long as the process lives, so
 * that the same text is parsed once. Throws an `AdapterFault` when it refuses them.
 */
export function loadSets(
  engine: CedarEngine,
  known: ReadonlyMap<string, KnownPolicy>,
  schema: CedarSchema | null,
): CedarSets {
  if (schema !== null) {
    const answer = engine.preparseSchema(schema.name, schema.schema as Schema);
    if (answer.type === 'failure') throw refused(cedarError(answer.errors[0], schema));
  }
  const all = keep(engine, [...known.values()]);
  const firm = keep(
    engine,
    [...known.values()].filter(({ demand }) => demand === null),
  );
  const places = new Map([...known.keys()].map((id, place) => [id, place]));
  const askSet = (set: string, call: CedarCall): AuthorizationAnswer =>
    inOrder(
      engine.statefulIsAuthorized({
        ...call,
        preparsedPolicySetId: set,
        ...(schema === null ? {} : { preparsedSchemaName: schema.name, validateRequest: true }),
      }),
      places,
    );
  return {
    ask: call => ({ all: askSet(all, call), withoutLiftable: () => askSet(firm, call) }),
  };
}

/** The engine names policies in the order of a hash table, another one each time; here they come as in the files. */
function inOrder(answer: AuthorizationAnswer, places: ReadonlyMap<string, number>): AuthorizationAnswer {
  if (answer.type === 'failure') return answer;
  const placeOf = (id: string): number => places.get(id) ?? places.size;
  const { reason, errors } = answer.response.diagnostics;
  const diagnostics = {
    reason: reason.toSorted((a, b) => placeOf(a) - placeOf(b)),
    errors: errors.toSorted((a, b) => placeOf(a.policyId) - placeOf(b.policyId)),
  };
  return { ...answer, response: { ...answer.response, diagnostics } };
}

function keep(engine: CedarEngine, policies: readonly KnownPolicy[]): string {
  const staticPolicies = Object.fromEntries(policies.map(({ id, text }) => [id, text]));
  const name = digestOf(stableJson(staticPolicies));
  const answer = engine.preparsePolicySet(name, { staticPolicies });
  if (answer.type === 'failure') throw refused(`the policies: ${answer.errors[0]?.message}`);
  return name;
}

function refused(why: string): AdapterFault {
  return new AdapterFault('not-loaded', { reason: `the engine refuses ${why}` });
}
