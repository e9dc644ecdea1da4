import type { z } from 'zod';
import type { VerbCatalogue } from '../../ports/verb.ts';
import type { LoadedFile } from '../load-file.ts';
import type { Problem } from '../problem.ts';

/** A guardrail or adapter, as far as profiles are checked against it. */
export interface KnownGuardrail {
  readonly options: z.ZodType;
  /** Files that its valid options name, from the profile's folder. */
  readonly files?: (options: unknown) => readonly string[];
}

/** All that files may refer to and that no schema knows. */
export interface References {
  readonly world: LoadedFile<'World'>;
  readonly verbs: VerbCatalogue;
  /** Ids of every build, the services' first ones (`<service>-stable`) included. */
  readonly builds: ReadonlySet<string>;
  /** What a profile's `use` may name besides modules: built-in guardrails and adapters, with the schema of their options. */
  readonly guardrails: ReadonlyMap<string, KnownGuardrail>;
  /** Scenarios and profiles that a game day can name. */
  readonly scenarios: readonly { readonly id: string; readonly tags: readonly string[] }[];
  readonly profiles: readonly string[];
  /** What is wrong with the map at this path, in that file's own words; a path as for `fileExists`. */
  readonly mapProblems?: (path: string) => readonly Problem[];
  /** Whether a guardrail module, or a file that a game day names, is there; the path is the naming file's folder joined with what it says. */
  readonly fileExists: (path: string) => boolean;
}
