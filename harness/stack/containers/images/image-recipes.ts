import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../../../kernel/digest.ts';
import { REPOSITORY } from '../engine/labels.ts';
import { DEBIAN_RECIPE } from './debian-recipe.ts';

/** How one image is made. */
export interface ImageRecipe {
  readonly name: ImageName;
  /** `brakecheck/runtime:3f…`: the same as long as nothing that goes into it changes. */
  readonly tag: string;
  /** Paths of the build's files, from the project's folder. */
  readonly files: readonly string[];
  readonly dockerfile: string;
  /** The public image that it stands on, where a registry can be reached. */
  readonly publicBase: string;
  readonly args: Readonly<Record<string, string>>;
}

export type ImageName = 'runtime' | 'postgres';

/** The machine as far as images depend on it. */
export interface ImageSources {
  /** The project's folder. */
  readonly root: string;
  /** Whether the Node.js of this machine runs in the engine's containers: both Linux, and the same processor. */
  readonly sharesNode: boolean;
}

const FOLDER = 'fixtures/images';
const NODE = 'node_modules/node/bin/node';

/** All images, with tags that are digests of their Dockerfile, its files, the base's recipe and the version of Node.js. */
export async function imageRecipes(sources: ImageSources): Promise<readonly ImageRecipe[]> {
  const node = await nodeVersion(sources.root);
  const publicNode = `node:${node}-bookworm-slim`;
  return Promise.all([
    recipeOf(sources, {
      name: 'runtime',
      dockerfile: sources.sharesNode ? 'Dockerfile' : 'public-node.Dockerfile',
      publicBase: 'debian:bookworm-slim',
      args: sources.sharesNode ? {} : { NODE_IMAGE: publicNode },
      binaries: sources.sharesNode ? [NODE] : [],
      version: node,
    }),
    recipeOf(sources, {
      name: 'postgres',
      dockerfile: 'Dockerfile',
      publicBase: 'postgres:15-bookworm',
      args: {},
      binaries: [],
      version: '15',
    }),
  ]);
}

interface RecipeRequest extends Pick<ImageRecipe, 'name' | 'dockerfile' | 'publicBase' | 'args'> {
  /** Files that the version stands for, since it takes long to read them. */
  readonly binaries: readonly string[];
  readonly version: string;
}

async function recipeOf({ root }: ImageSources, request: RecipeRequest): Promise<ImageRecipe> {
  const { name, dockerfile, publicBase, args, binaries, version } = request;
  const folder = `${FOLDER}/${name}`;
  const files = (await readdir(join(root, folder))).sort().map(file => `${folder}/${file}`);
  const texts = await Promise.all(files.map(file => readFile(join(root, file), 'utf8')));
  const digest = digestOf(
    JSON.stringify([dockerfile, publicBase, args, binaries, version, DEBIAN_RECIPE, files, texts]),
  );
  return {
    name,
    tag: `${REPOSITORY}/${name}:${digest.slice('sha256:'.length, 'sha256:'.length + 12)}`,
    files: [...files, ...binaries],
    dockerfile: `${folder}/${dockerfile}`,
    publicBase,
    args,
  };
}

async function nodeVersion(root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'node_modules/node/package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
