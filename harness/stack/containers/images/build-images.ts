import { HarnessError, messageOf } from '../../../kernel/errors.ts';
import type { Docker, EngineClient } from '../engine/connect-engine.ts';
import { engineCall } from '../engine/engine-error.ts';
import { LABEL } from '../engine/labels.ts';
import { hasImage, ryukImage } from '../engine/open-engine.ts';
import { type DebianBaseDeps, debianBaseTag, makeDebianBase } from './debian-base.ts';
import { followStream } from './follow-stream.ts';
import { type ImageRecipe, imageRecipes } from './image-recipes.ts';
import { BASE_LABEL, type ImageState, imageSources, imageStates } from './image-states.ts';
import { askRegistry } from './registry.ts';

/** Where a base comes from. `auto`: a registry when one answers, else Debian's package archive. */
export type BaseChoice = 'auto' | 'registry' | 'debian';

export interface BuildRequest {
  readonly base: BaseChoice;
  /** Builds again what is there already. */
  readonly rebuild: boolean;
}

export interface BuildDeps extends Omit<DebianBaseDeps, 'docker'> {
  readonly client: EngineClient;
  /** The project's folder. */
  readonly root: string;
}

export interface BuiltImage extends ImageState {
  /** False for one that was there already, from the same sources. */
  readonly isNew: boolean;
}

/** Longest wait for a registry. */
export const REGISTRY_LIMIT_MS = 5000;
const PROXIES = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];

/** Builds the images that are missing or stale, one after the other, and tells how all stand afterwards. */
export async function buildImages(request: BuildRequest, deps: BuildDeps): Promise<readonly BuiltImage[]> {
  const { client, root } = deps;
  const recipes = await imageRecipes(imageSources(client, root));
  const before = await imageStates(client, root);
  const due = recipes.filter(recipe =>
    isDue(
      before.find(({ name }) => name === recipe.name),
      request,
    ),
  );
  if (due.length > 0) {
    const base = await chooseBase(request.base, due, deps);
    for (const recipe of due) await buildImage(recipe, base, deps);
    if (base === 'registry') await pullRyuk(deps);
  }
  const after = await imageStates(client, root);
  return after.map(state => ({ ...state, isNew: due.some(({ name }) => name === state.name) }));
}

function isDue(state: ImageState | undefined, { base, rebuild }: BuildRequest): boolean {
  if (rebuild || state?.state !== 'present') return true;
  return base !== 'auto' && state.base !== base;
}

async function chooseBase(
  choice: BaseChoice,
  due: readonly ImageRecipe[],
  deps: BuildDeps,
): Promise<'registry' | 'debian'> {
  if (choice === 'debian') return 'debian';
  const [first] = due;
  const answer = await askRegistry(
    deps.client.container.dockerode,
    first?.publicBase ?? '',
    REGISTRY_LIMIT_MS,
  );
  if (answer.isReachable) return 'registry';
  if (choice === 'registry') {
    throw new HarnessError('environment', {
      message: `could not build from public images: the registry of ${first?.publicBase} cannot be reached (${answer.because})`,
      hint: 'Leave --base out, or say --base debian, to build from Debian packages.',
    });
  }
  deps.say(`no registry can be reached (${answer.because}): building from Debian packages`);
  return 'debian';
}

async function buildImage(recipe: ImageRecipe, base: 'registry' | 'debian', deps: BuildDeps): Promise<void> {
  const docker = deps.client.container.dockerode;
  const from = base === 'registry' ? recipe.publicBase : await debianBase(recipe, deps);
  for (const image of base === 'registry' ? [from, ...Object.values(recipe.args)] : []) {
    await pull(image, deps);
  }
  deps.say(`building ${recipe.tag} on ${from}`);
  let last = '';
  const onText = (text: string) => {
    last = (last + text).slice(-2000);
  };
  try {
    const stream = await docker.buildImage(
      { context: deps.root, src: [...recipe.files] },
      {
        t: recipe.tag,
        dockerfile: recipe.dockerfile,
        buildargs: { ...proxies(deps.env), ...recipe.args, BASE: from },
        labels: { [LABEL.project]: '1', [LABEL.image]: recipe.name, [BASE_LABEL]: base },
        forcerm: true,
      },
    );
    await followStream(docker, stream, onText);
  } catch (error) {
    await removeUnfinished(docker, last);
    await engineCall(`build ${recipe.tag}${last === '' ? '' : `, after:\n${last.trim()}\n`}`, () =>
      Promise.reject(error),
    );
  }
}

/** A build that fails leaves the layers that it got to, without a name by which anybody would find them. */
async function removeUnfinished(docker: Docker, said: string): Promise<void> {
  const id = [...said.matchAll(/---> ([0-9a-f]{12})\b/g)].at(-1)?.[1];
  if (id === undefined) return;
  try {
    const { RepoTags } = await docker.getImage(id).inspect();
    if ((RepoTags ?? []).length === 0) await docker.getImage(id).remove();
  } catch {
    // Another build stands on it: then it is no leftover.
  }
}

/** Runs do without it: a registry that does not have it is no reason to end here. */
async function pullRyuk(deps: BuildDeps): Promise<void> {
  const image = ryukImage(deps.env);
  if (await hasImage(deps.client, image)) return;
  try {
    await pull(image, deps);
  } catch (error) {
    deps.say(`going on without ${image}, so that our own sweep cleans up alone: ${messageOf(error)}`);
  }
}

async function pull(image: string, { client, say }: BuildDeps): Promise<void> {
  const docker = client.container.dockerode;
  say(`pulling ${image}`);
  await engineCall(`pull ${image}`, async () => followStream(docker, await docker.pull(image)));
}

async function debianBase(recipe: ImageRecipe, deps: BuildDeps): Promise<string> {
  if (Object.keys(recipe.args).length > 0) {
    throw new HarnessError('environment', {
      message: `could not build ${recipe.tag} from Debian packages: this machine's own Node.js does not run in the engine's containers`,
      hint: 'Give the engine access to a registry (for the public image of Node.js), and use --base registry.',
    });
  }
  const tag = debianBaseTag();
  if (!(await hasImage(deps.client, tag))) {
    await makeDebianBase({ ...deps, docker: deps.client.container.dockerode });
  }
  return tag;
}

function proxies(env: BuildDeps['env']): Record<string, string> {
  return Object.fromEntries(
    PROXIES.flatMap(name => (env[name] === undefined ? [] : [[name, env[name] as string]])),
  );
}
