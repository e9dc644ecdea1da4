import type { z } from 'zod';
import { definitionOf, inputSchema, legalKeys, legalWords } from './schema-walk.ts';

type AnySchema = z.core.$ZodType;

/** The key by whose word the options of a union of mappings are told apart, such as `type`, and all its words. */
export interface UnionKind {
  readonly key: string;
  readonly legal: readonly string[];
}

/** Null for a union that no such key tells apart. */
export function unionKind(options: readonly AnySchema[]): UnionKind | null {
  for (const key of options[0] === undefined ? [] : legalKeys(options[0])) {
    const words = options.map(option => literalsOf(option, key));
    if (words.every(list => list.length > 0)) return { key, legal: words.flat() };
  }
  return null;
}

function literalsOf(option: AnySchema, key: string): readonly string[] {
  const schema = definitionOf(inputSchema(option)).shape?.[key];
  return schema === undefined || definitionOf(inputSchema(schema)).type !== 'literal'
    ? []
    : legalWords(schema);
}
