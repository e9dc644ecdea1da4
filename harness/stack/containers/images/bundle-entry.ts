import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { threadId } from 'node:worker_threads';
import { build, version } from 'esbuild';
import { digestOf } from '../../../kernel/digest.ts';
import { HarnessError, messageOf } from '../../../kernel/errors.ts';

/** One file that holds a whole program, to be run by the runtime image. */
export interface Bundle {
  /** Absolute path; its name is its digest, so a bundle never changes once it is there. */
  readonly file: string;
  /** Of the bundle itself. */
  readonly digest: string;
}

export interface BundleRequest {
  /** The program's entry file. */
  readonly entry: string;
  /**
   * Modules to put in the place of bare names that the entry imports: `{ 'brakecheck-build': '…/service.ts' }`. So one
   * composition root makes one bundle for each build.
   */
  readonly alias?: Readonly<Record<string, string>>;
  /** Where bundles are kept: `cacheFolder(env)` in the command line, a temporary folder in tests. */
  readonly cacheDir: string;
  /** The folder below which paths are named, so that a bundle does not depend on where the project lies. */
  readonly root: string;
}

/** What a bundle was made of, as kept beside it: a change in any of these files makes another bundle. */
interface Recipe {
  readonly digest: string;
  /** Digest of each file that went into it, by absolute path. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** Packages bring CommonJS that calls `require`, which a module of ESM does not have by itself. */
const BANNER =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/**
 * Bundles an entry file with all that it imports into one ES module for the pinned Node.js. Kept in the cache for as long
 * as no file that went into it changes. Throws a `file` error that names the place when the code cannot be bundled.
 */
export async function bundleEntry(request: BundleRequest): Promise<Bundle> {
  const alias = Object.fromEntries(
    Object.entries(request.alias ?? {}).map(([name, path]) => [name, resolve(path)]),
  );
  const entry = resolve(request.entry);
  const key = digestOf(JSON.stringify([version, BANNER, entry, alias])).slice(7, 31);
  const recipeFile = join(request.cacheDir, `${key}.json`);
  return (await kept(recipeFile, request.cacheDir)) ?? make({ ...request, entry, alias }, recipeFile);
}

async function kept(recipeFile: string, cacheDir: string): Promise<Bundle | null> {
  try {
    const recipe = JSON.parse(await readFile(recipeFile, 'utf8')) as Recipe;
    const file = fileOf(recipe.digest, cacheDir);
    const [bundle, ...inputs] = await Promise.all([file, ...Object.keys(recipe.inputs)].map(digestOfFile));
    const isSame =
      bundle === recipe.digest &&
      Object.values(recipe.inputs).every((digest, index) => digest === inputs[index]);
    return isSame ? { file, digest: recipe.digest } : null;
  } catch {
    // Never made, or something of it is gone.
    return null;
  }
}

async function make(request: Required<BundleRequest>, recipeFile: string): Promise<Bundle> {
  const { entry, alias, cacheDir, root } = request;
  const result = await build({
    entryPoints: [entry],
    alias: { ...alias },
    absWorkingDir: resolve(root),
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    banner: { js: BANNER },
    // An optional, compiled part of pg that nobody installs.
    external: ['pg-native'],
    legalComments: 'none',
    logLevel: 'silent',
    outfile: 'bundle.mjs',
  }).catch((error: unknown) => {
    throw new HarnessError('file', {
      message: `could not bundle ${entry}: ${messageOf(error)}`,
      hint: 'Mend the file; `npm run types` shows more.',
      cause: error,
    });
  });
  const text = result.outputFiles[0]?.contents ?? new Uint8Array();
  const digest = digestOf(text);
  const paths = Object.keys(result.metafile.inputs).map(path => resolve(root, path));
  const inputs = Object.fromEntries(
    await Promise.all(paths.map(async path => [path, await digestOfFile(path)] as const)),
  );
  await mkdir(cacheDir, { recursive: true });
  const file = fileOf(digest, cacheDir);
  await writeWhole(file, text);
  await writeWhole(recipeFile, JSON.stringify({ digest, inputs } satisfies Recipe));
  return { file, digest };
}

function fileOf(digest: string, cacheDir: string): string {
  return join(resolve(cacheDir), `${digest.slice('sha256:'.length)}.mjs`);
}

async function digestOfFile(path: string): Promise<string> {
  return digestOf(await readFile(path));
}

/** Readable by all, since a container reads it as a user of its own; whole or not at all, since runs share the cache. */
async function writeWhole(path: string, text: Uint8Array | string): Promise<void> {
  const draft = `${path}.${process.pid}-${threadId}.draft`;
  await writeFile(draft, text, { mode: 0o644 });
  await rename(draft, path);
}
