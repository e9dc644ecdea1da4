import type { z } from 'zod';
import type { VerbCatalogue } from '../../ports/verb.ts';
import type { LoadedFile } from '../load-file.ts';

/** All that files may refer to and that no schema knows. */
export interface References {
  readonly world: LoadedFile<'World'>;
  readonly verbs: VerbCatalogue;
  /** Ids of every build, the services' first ones (`<service>-stable`) included. */
  readonly builds: ReadonlySet<string>;
  /** Built-in guardrails by name, with the schema of their options. */
  readonly guardrails: ReadonlyMap<string, { readonly options: z.ZodType }>;
  /** Whether a guardrail module is there; the path is the profile's folder joined with what the profile says. */
  readonly fileExists: (path: string) => boolean;
}
