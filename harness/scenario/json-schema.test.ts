import { expect, test } from 'vitest';
import { type JsonSchema, jsonSchema } from './json-schema.ts';
import { KINDS } from './kinds.ts';
import { loadFile } from './load-file.ts';
import { readFile } from './read-file.ts';
import { fixtureReader } from './testing/small-references.ts';

const FILES = {
  Scenario: 'scenario',
  Profile: 'profile',
  OrdinaryChange: 'change',
  World: 'world',
  GameDay: 'game-day',
  Map: 'map',
} as const;

test.each(KINDS)('the schema of %s has a name and describes the file as it is written', kind => {
  const schema = jsonSchema(kind);
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:brakecheck:schema:v1:${kind}`,
    title: `Brakecheck ${kind}`,
    type: 'object',
    additionalProperties: false,
    properties: { apiVersion: { const: 'brakecheck/v1' }, kind: { const: kind } },
  });
  expect(JSON.stringify(schema)).not.toContain('9007199254740991');
});

test.each(KINDS)('a valid %s fits its schema, and loses that when a required key is taken away', kind => {
  const file = `fixtures/valid/${FILES[kind]}.yaml`;
  const written = loadFile(file, readFile(fixtureReader(), file)).tree.value as Record<string, unknown>;
  const schema = jsonSchema(kind);
  expect(misfits(schema, written, schema)).toEqual([]);
  for (const key of schema.required as string[]) {
    const { [key]: _, ...rest } = written;
    expect(misfits(schema, rest, schema)).toEqual([`/ lacks ${key}`]);
  }
});

test('durations and percentages stay text with a pattern, a default and a description', () => {
  const schema = jsonSchema('Profile') as {
    properties: { guardrails: { items: { properties: JsonSchema } } };
  };
  expect(schema.properties.guardrails.items.properties.timeLimit).toMatchObject({
    type: 'string',
    pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$',
    default: '2s',
    description: 'Most real time for one answer.',
  });
});

/** As much of JSON Schema as ours uses. */
function misfits(schema: JsonSchema, value: unknown, root: JsonSchema, at = '/'): readonly string[] {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1) as string;
    return misfits((root.$defs as Record<string, JsonSchema>)[name] as JsonSchema, value, root, at);
  }
  if (Array.isArray(schema.anyOf)) {
    const options = schema.anyOf as readonly JsonSchema[];
    return options.some(option => misfits(option, value, root, at).length === 0)
      ? []
      : [`${at} fits no option`];
  }
  if ('const' in schema && schema.const !== value) return [`${at} is not ${String(schema.const)}`];
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return [`${at} is no legal word`];
  if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern).test(String(value)))
    return [`${at} misses the pattern`];
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return (value as unknown[]).flatMap((item, index) =>
      misfits(schema.items as JsonSchema, item, root, `${at}${index}/`),
    );
  }
  return schema.type === 'object' ? misfitsOfObject(schema, value as Record<string, unknown>, root, at) : [];
}

function misfitsOfObject(
  schema: JsonSchema,
  value: Readonly<Record<string, unknown>>,
  root: JsonSchema,
  at: string,
): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${at} is no mapping`];
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = (schema.required ?? []) as string[];
  const missing = required.filter(key => !Object.hasOwn(value, key)).map(key => `${at} lacks ${key}`);
  const inner = Object.entries(value).flatMap(([key, item]) => {
    const known = properties[key] ?? schema.additionalProperties;
    if (known === false) return [`${at} has ${key}`];
    return typeof known === 'object' ? misfits(known as JsonSchema, item, root, `${at}${key}/`) : [];
  });
  return [...missing, ...inner];
}
