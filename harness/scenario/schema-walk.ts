import type { z } from 'zod';
import { expectations } from './expectations.ts';

type AnySchema = z.core.$ZodType;

/** As much of zod's definitions as errors need. Each kind of schema has some of these. */
interface Definition {
  readonly type: string;
  readonly innerType?: AnySchema;
  readonly in?: AnySchema;
  readonly out?: AnySchema;
  readonly getter?: () => AnySchema;
  readonly shape?: Readonly<Record<string, AnySchema>>;
  readonly element?: AnySchema;
  readonly keyType?: AnySchema;
  readonly valueType?: AnySchema;
  readonly options?: readonly AnySchema[];
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
}

export function definitionOf(schema: AnySchema): Definition {
  return schema._zod.def as unknown as Definition;
}

/** The schema of what stands in the file: without optional, default and transform around it. */
export function inputSchema(schema: AnySchema): AnySchema {
  let inner = schema;
  for (let wraps = 0; wraps < 20; wraps++) {
    const definition = definitionOf(inner);
    const next = definition.innerType ?? pipeInput(definition) ?? definition.getter?.();
    if (next === undefined) return inner;
    inner = next;
  }
  return inner;
}

function pipeInput(definition: Definition): AnySchema | undefined {
  const first = definition.in;
  return first !== undefined && definitionOf(first).type === 'transform' ? definition.out : first;
}

/** The schema at a path inside `schema`, guided by the value where a union leaves a choice; null when there is none. */
export function schemaAt(schema: AnySchema, path: readonly PropertyKey[], value: unknown): AnySchema | null {
  const [part, ...rest] = path;
  if (part === undefined) return schema;
  const bare = inputSchema(schema);
  const definition = definitionOf(bare);
  if (definition.type === 'union') {
    const branch = closestOption(definition.options ?? [], value);
    return branch === null ? null : schemaAt(branch, path, value);
  }
  const inner = childOf(definition, part);
  const innerValue = (value as Record<PropertyKey, unknown> | null | undefined)?.[part];
  return inner === null ? null : schemaAt(inner, rest, innerValue);
}

function childOf(definition: Definition, part: PropertyKey): AnySchema | null {
  if (definition.shape !== undefined) {
    return Object.hasOwn(definition.shape, part) ? (definition.shape[String(part)] ?? null) : null;
  }
  return definition.element ?? definition.valueType ?? null;
}

/** The union's option that the value names by a literal (`type: email`), else with the most keys in common; of equals the larger one. */
export function closestOption(options: readonly AnySchema[], value: unknown): AnySchema | null {
  let best: AnySchema | null = null;
  let bestShared = -1;
  let bestSize = -1;
  for (const option of options) {
    const keys = legalKeys(option);
    const shared =
      keys.filter(key => isMapping(value) && Object.hasOwn(value, key)).length +
      (isNamedBy(option, value) ? keys.length + 100 : 0);
    if (shared > bestShared || (shared === bestShared && keys.length > bestSize)) {
      best = option;
      bestShared = shared;
      bestSize = keys.length;
    }
  }
  return best;
}

/** Whether the value has one of the option's own literal words under the same key. */
function isNamedBy(option: AnySchema, value: unknown): boolean {
  return Object.entries(definitionOf(inputSchema(option)).shape ?? {}).some(
    ([key, schema]) =>
      isMapping(value) &&
      typeof value[key] === 'string' &&
      definitionOf(inputSchema(schema)).values?.includes(value[key]) === true,
  );
}

/** Keys that a mapping may have; empty when any will do or when it is no mapping. */
export function legalKeys(schema: AnySchema): readonly string[] {
  const definition = definitionOf(inputSchema(schema));
  if (definition.shape !== undefined) return Object.keys(definition.shape);
  return definition.keyType === undefined ? [] : legalWords(definition.keyType);
}

/** The words of an enum, literal or union of those; empty when the schema takes other values too. */
export function legalWords(schema: AnySchema): readonly string[] {
  const definition = definitionOf(inputSchema(schema));
  if (definition.entries !== undefined) return Object.values(definition.entries).map(String);
  if (definition.type === 'literal') return (definition.values ?? []).map(String);
  if (definition.type !== 'union') return [];
  const words = (definition.options ?? []).map(legalWords);
  return words.some(list => list.length === 0) ? [] : words.flat();
}

/** What a person should write there, completing "expected …". */
export function expectedOf(schema: AnySchema): string {
  const own = expectationOf(schema)?.expected;
  if (own !== undefined) return own;
  const bare = inputSchema(schema);
  const definition = definitionOf(bare);
  switch (definition.type) {
    case 'object':
      return `a mapping with the keys ${legalKeys(bare).join(', ')}`;
    case 'record':
      return 'a mapping';
    case 'array':
      return 'a list';
    case 'boolean':
      return 'true or false';
    case 'number':
      return expectedNumber(bare);
    case 'string':
      return 'text';
    case 'enum':
    case 'literal':
      return `${legalWords(bare).length > 1 ? 'one of ' : ''}${legalWords(bare).join(', ')}`;
    case 'union':
      return [...new Set((definition.options ?? []).map(expectedOf))].join(', or ');
    default:
      return 'another value';
  }
}

/** The words kept for this schema or for what it wraps. */
export function expectationOf(schema: AnySchema) {
  const bare = inputSchema(schema);
  return expectations.get(schema) ?? expectations.get(bare);
}

/** The range is read from the checks, so that it is told whole whichever end was missed. */
function expectedNumber(schema: AnySchema): string {
  let noun = 'a number';
  const ends: string[] = [];
  const checks = (schema._zod.def.checks ?? []).map(check => check._zod.def as unknown as NumberCheck);
  for (const { check, value, inclusive, format } of checks) {
    if (check === 'greater_than') ends.push(inclusive === true ? `of at least ${value}` : `above ${value}`);
    if (check === 'less_than') ends.push(inclusive === true ? `at most ${value}` : `below ${value}`);
    if (format === 'safeint') noun = 'a whole number';
  }
  if ((schema._zod.def as { format?: string }).format === 'safeint') noun = 'a whole number';
  return [noun, ends.join(' and ')].join(' ').trimEnd();
}

interface NumberCheck {
  readonly check: string;
  readonly value?: number;
  readonly inclusive?: boolean;
  readonly format?: string;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
