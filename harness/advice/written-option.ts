import { z } from 'zod';

/** What a schema says of one option: the schema itself without wrappers, and its default as a file would write it. */
export interface WrittenOption {
  readonly inner: z.core.$ZodType;
  /** Undefined where it has none. */
  readonly standard: unknown;
}

/** Wrappers in one another; no option has more. */
const MOST_WRAPPERS = 10;

/** Looks below defaults, optionals and transformations. */
export function writtenOption(schema: z.core.$ZodType): WrittenOption {
  let inner = schema;
  let standard: unknown;
  for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
    if (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
      standard ??= inner.def.defaultValue;
      inner = inner.def.innerType;
    } else if (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) {
      inner = inner.def.innerType;
    } else if (inner instanceof z.ZodPipe) {
      inner = inner.def.in;
    } else break;
  }
  return { inner, standard };
}

/** The words that a list's entry or an option is one of, in their order; null where they are not fixed. */
export function fixedWords(schema: z.core.$ZodType): readonly unknown[] | null {
  const { inner } = writtenOption(schema);
  if (inner instanceof z.ZodEnum) return inner.options;
  if (inner instanceof z.ZodLiteral) return [...inner.def.values];
  if (!(inner instanceof z.ZodUnion)) return null;
  const parts = inner.def.options.map(fixedWords);
  return parts.some(part => part === null) ? null : parts.flatMap(part => part ?? []);
}
