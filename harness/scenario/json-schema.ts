import { z } from 'zod';
import { type Kind, schemaOf } from './kinds.ts';

/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of one kind of file as written, for editors and for `brakecheck schema`. */
export function jsonSchema(kind: Kind): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(schemaOf(kind), {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: node }) => {
      // zod writes bounds of safe integers that no author set.
      if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
      if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
      // Ids say where a part is defined; the reference to it does that already.
      if (zodSchema._zod.def.type === 'object') delete node.id;
    },
  });
  return {
    $schema,
    $id: `urn:brakecheck:schema:v1:${kind}`,
    title: `Brakecheck ${kind}`,
    description: DESCRIPTIONS[kind],
    ...schema,
    examples: [EXAMPLES[kind]],
  };
}

const DESCRIPTIONS: Readonly<Record<Kind, string>> = {
  Scenario: 'A mistake, the same task done properly, and the blast radius that is acceptable.',
  Profile: 'Guardrails in order, each with its doors and options.',
  OrdinaryChange: 'A harmless change of an ordinary week.',
  World: 'The mock company: regions, services, data, shoppers, people, ordinary operations.',
  Map: 'The words of your own policy for the verbs, resources, actors and evidence of the mock company.',
  GameDay: 'Scenarios, profiles and seeds that are run together, and what must come of them.',
};

/** How each kind of file begins; whole files stand in `scenarios/`. */
const EXAMPLES: Readonly<Record<Kind, JsonSchema>> = {
  Scenario: begin('Scenario', 'lost-prices', 'A clean-up removes the prices'),
  Profile: { ...begin('Profile', 'two-people', 'Two people for every change'), guardrails: [] },
  OrdinaryChange: begin('OrdinaryChange', 'correct-a-price', 'Correct one mistyped price'),
  World: begin('World', 'retail', 'A retail company'),
  Map: begin('Map', 'our-words', 'The company in the words of our policy'),
  GameDay: {
    ...begin('GameDay', 'every-tuesday', 'Do our guardrails still hold?'),
    scenarios: ['tag:deletion'],
    profiles: ['two-people'],
  },
};

function begin(kind: Kind, id: string, title: string): JsonSchema {
  return { apiVersion: 'brakecheck/v1', kind, metadata: { id, title } };
}
