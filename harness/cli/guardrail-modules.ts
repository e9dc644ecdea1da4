import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { digestOf } from '../kernel/digest.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import { isModulePath, modulePath } from '../scenario/guardrail-module.ts';
import type { LoadedFile } from '../scenario/load-file.ts';
import { knownGuardrails } from './known-guardrails.ts';

/**
 * Digests of the files that a profile is made of besides its own: the user's guardrail modules, by what `use` says, and
 * the files that options of adapters name, by what the options say.
 */
export function moduleDigests(profile: LoadedFile<'Profile'>): Readonly<Record<string, string>> {
  const named = profile.value.guardrails.flatMap(entry =>
    isModulePath(entry.use) ? [entry.use] : filesOf(entry.use, entry.options),
  );
  const paths = [...new Set(named)].sort();
  return Object.fromEntries(
    paths.map(path => [path, digestOf(read(resolve(modulePath(profile.file, path))))]),
  );
}

function filesOf(use: string, options: unknown): readonly string[] {
  const guardrail = knownGuardrails().get(use);
  const parsed = guardrail?.options.safeParse(options);
  return parsed?.success === true ? (guardrail?.files?.(parsed.data) ?? []) : [];
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new HarnessError('file', {
      message: `could not read ${path}, which the profile names: ${messageOf(error)}`,
      hint: 'Paths in `use` and in options are taken from the folder of the profile.',
      cause: error,
    });
  }
}
