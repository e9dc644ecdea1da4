import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { digestOf } from '../kernel/digest.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import { isModulePath, modulePath } from '../scenario/guardrail-module.ts';
import type { LoadedFile } from '../scenario/load-file.ts';

/** Digests of the user's own guardrail modules that a profile names, by what its `use` says. */
export function moduleDigests(profile: LoadedFile<'Profile'>): Readonly<Record<string, string>> {
  const uses = profile.value.guardrails.map(({ use }) => use).filter(isModulePath);
  return Object.fromEntries(uses.map(use => [use, digestOf(read(resolve(modulePath(profile.file, use))))]));
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new HarnessError('file', {
      message: `could not read the guardrail module ${path}: ${messageOf(error)}`,
      hint: 'A path in `use` is taken from the folder of the profile.',
      cause: error,
    });
  }
}
