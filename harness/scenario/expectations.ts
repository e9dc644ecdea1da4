import { z } from 'zod';

/** What a person should write where a schema stands, in words that complete "expected …". */
export interface Expectation {
  readonly expected: string;
  /** Turns a likely slip into what was probably meant; null when it cannot tell. */
  readonly repair?: (found: unknown) => string | null;
}

/**
 * Words for error messages, kept beside the schemas and apart from zod's own metadata, which goes into the JSON Schema.
 * A clone made by `.describe()` or `.refine()` inherits them.
 */
export const expectations = z.registry<Expectation>();
