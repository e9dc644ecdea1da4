import type { EngineClient } from '../engine/connect-engine.ts';
import { engineCall } from '../engine/engine-error.ts';
import { LABEL } from '../engine/labels.ts';
import { type ImageName, type ImageRecipe, type ImageSources, imageRecipes } from './image-recipes.ts';

/** One of our images, as the engine has it. `stale`: only from older sources. */
export interface ImageState {
  readonly name: ImageName;
  readonly tag: string;
  readonly state: 'present' | 'stale' | 'missing';
  /** 0 when it is not present. */
  readonly sizeBytes: number;
  /** Where its base came from; null when it is not present. */
  readonly base: string | null;
  /** Tags from older sources. */
  readonly older: readonly string[];
}

/** The label that tells a base from Debian's archive (`debian`) from a public one (`registry`). */
export const BASE_LABEL = `${LABEL.image}.base`;

/** How each image that the containers stack needs stands. */
export async function imageStates(client: EngineClient, root: string): Promise<readonly ImageState[]> {
  const recipes = await imageRecipes(imageSources(client, root));
  return Promise.all(recipes.map(recipe => imageState(client, recipe)));
}

/** What images depend on here: Node.js is taken from this machine when the engine's containers can run it. */
export function imageSources(client: EngineClient, root: string): ImageSources {
  const { architecture } = client.info.containerRuntime;
  const engine = { x86_64: 'x64', aarch64: 'arm64' }[architecture] ?? architecture;
  return { root, sharesNode: process.platform === 'linux' && process.arch === engine };
}

async function imageState(client: EngineClient, { name, tag }: ImageRecipe): Promise<ImageState> {
  const found = await engineCall('look for our images', () =>
    client.container.dockerode.listImages({ filters: { label: [`${LABEL.image}=${name}`] } }),
  );
  const present = found.find(({ RepoTags }) => (RepoTags ?? []).includes(tag));
  const older = found.flatMap(({ RepoTags }) => RepoTags ?? []).filter(other => other !== tag);
  return {
    name,
    tag,
    state: present !== undefined ? 'present' : older.length > 0 ? 'stale' : 'missing',
    sizeBytes: present?.Size ?? 0,
    base: present?.Labels?.[BASE_LABEL] ?? null,
    older,
  };
}
