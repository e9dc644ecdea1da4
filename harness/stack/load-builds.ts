import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { AnyService, Check } from '../../fixtures/retail/kit/service.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import type { Build } from '../ports/stack.ts';
import { sourceDigest } from './source-digest.ts';

const buildFile = z.strictObject({
  id: z.string(),
  service: z.string(),
  version: z.union([z.string(), z.number()]).transform(String),
  author: z.string(),
  aiInvolved: z.boolean(),
  changeRecord: z.string().nullable(),
  summary: z.string().optional(),
});

/** A build with what its folder says of it besides the code. */
export interface LoadedBuild extends Build {
  readonly author: string;
  readonly aiInvolved: boolean;
  readonly checks: readonly Check[];
}

/**
 * Loads every build under the folders: each sub-folder with a `build.yaml` is one. The code is loaded from `service.ts`
 * itself, so that the digest in the journal is of what ran (see `source-digest.ts`).
 */
export async function loadBuilds(folders: readonly string[]): Promise<ReadonlyMap<string, LoadedBuild>> {
  const builds = new Map<string, LoadedBuild>();
  for (const folder of folders) {
    const entries = (await readdir(folder, { withFileTypes: true })).filter(entry => entry.isDirectory());
    for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const build = await loadBuild(join(folder, name));
      if (build !== null) builds.set(build.id, build);
    }
  }
  return builds;
}

async function loadBuild(folder: string): Promise<LoadedBuild | null> {
  const description = await readFile(join(folder, 'build.yaml'), 'utf8').catch(() => null);
  if (description === null) return null;
  try {
    const { id, service, version, author, aiInvolved } = buildFile.parse(parse(description));
    const digest = await sourceDigest(join(folder, 'service.ts'));
    const module = (await import(pathToFileURL(join(folder, 'service.ts')).href)) as { service: AnyService };
    const { checks } = (await import(pathToFileURL(join(folder, 'checks.ts')).href)) as {
      checks: readonly Check[];
    };
    return {
      id,
      service,
      version,
      author,
      aiInvolved,
      digest,
      definition: module.service,
      entry: resolve(folder, 'service.ts'),
      checks,
    };
  } catch (error) {
    throw new HarnessError('file', {
      message: `could not load the build in ${folder}: ${messageOf(error)}`,
      hint: 'A build is build.yaml, service.ts (exports `service`) and checks.ts (exports `checks`); see fixtures/retail/README.md.',
      cause: error,
    });
  }
}
