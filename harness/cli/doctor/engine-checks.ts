import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { HarnessError, messageOf } from '../../kernel/errors.ts';
import { connectEngine, type EngineClient } from '../../stack/containers/engine/connect-engine.ts';
import { type EngineAddress, findEngine } from '../../stack/containers/engine/find-engine.ts';
import { hasImage, ryukImage } from '../../stack/containers/engine/open-engine.ts';
import { REGISTRY_LIMIT_MS } from '../../stack/containers/images/build-images.ts';
import { imageStates } from '../../stack/containers/images/image-states.ts';
import { programOn } from '../../stack/containers/images/program-on.ts';
import { askRegistry } from '../../stack/containers/images/registry.ts';
import { type Check, missing, ok, type Remedy, warning } from './check.ts';
import { checkDisk } from './machine-checks.ts';

type Env = Readonly<Record<string, string | undefined>>;

const NO_CONTAINERS = 'the containers stack is not available; sim and local are';
/** The first version of the engine's API with which memory can be read at once; Debian 12 has it. */
const API_MINIMUM = 1.41;

/** Everything about containers: the engine, and what can only be asked when there is one. */
export async function checkContainers(root: string, env: Env): Promise<readonly Check[]> {
  const address = findEngine({
    env,
    home: homedir(),
    userId: process.getuid?.() ?? null,
    exists: existsSync,
  });
  const client =
    address === null ? null : await connectEngine(env.DOCKER_HOST).catch((error: unknown) => error);
  if (address === null || client === null || client instanceof Error) {
    return [checkNoEngine(address, client), checkDebootstrap(env, false)];
  }
  const engine = client as EngineClient;
  const registry = await checkRegistry(engine, programOn(env.PATH, 'debootstrap') !== null);
  return [
    await checkEngine(engine, address),
    await checkImages(engine, root),
    registry,
    checkDebootstrap(env, registry.state === 'ok'),
    await checkRyuk(engine, env),
    await checkEngineDisk(engine),
  ];
}

async function checkEngine(client: EngineClient, { where }: EngineAddress): Promise<Check> {
  const { Version, ApiVersion, Os, Arch } = await client.container.dockerode.version();
  const found = `${Version}, API ${ApiVersion}, ${Os}/${Arch}, at ${where}`;
  if (Number(ApiVersion) >= API_MINIMUM) return ok('engine', 'Docker engine', found);
  return missing('engine', 'Docker engine', ['containers'], {
    found,
    consequence: `${NO_CONTAINERS}: API ${API_MINIMUM} (Docker 20.10) or newer is needed`,
    remedy: { debian: 'sudo apt-get install docker.io', macos: 'brew upgrade --cask docker' },
  });
}

function checkNoEngine(address: EngineAddress | null, error: unknown): Check {
  const isForbidden = address?.socket !== null && address !== null && !canWrite(address.socket);
  const remedy: Remedy =
    address === null
      ? { debian: 'sudo apt-get install docker.io', macos: 'brew install --cask docker; open -a Docker' }
      : isForbidden
        ? {
            debian: 'sudo usermod -aG docker "$USER"   # then log in again',
            macos: 'open -a Docker',
          }
        : {
            debian: 'sudo systemctl start docker   # or, without systemd: sudo dockerd &',
            macos: 'open -a Docker',
          };
  const found =
    address === null
      ? 'no socket and no DOCKER_HOST'
      : isForbidden
        ? `no permission to use ${address.where}`
        : `${address.where} does not answer (${messageOf(error instanceof HarnessError ? error.cause : error)})`;
  return missing('engine', 'Docker engine', ['containers'], { found, consequence: NO_CONTAINERS, remedy });
}

async function checkImages(client: EngineClient, root: string): Promise<Check> {
  const states = await imageStates(client, root);
  const found = states
    .map(({ name, state, sizeBytes }) =>
      state === 'present' ? `${name} ${Math.round(sizeBytes / 1e6)} MB` : `${name} ${state}`,
    )
    .join(', ');
  if (states.every(({ state }) => state === 'present')) {
    const older = states.flatMap(({ older }) => older).length;
    return ok('images', 'Images', older === 0 ? found : `${found}; ${older} of older sources besides`);
  }
  return missing('images', 'Images', ['containers'], {
    found,
    consequence: 'the containers stack cannot start; sim and local can',
    remedy: { debian: 'npx brakecheck images', macos: 'npx brakecheck images' },
  });
}

async function checkRegistry(client: EngineClient, hasDebootstrap: boolean): Promise<Check> {
  const answer = await askRegistry(client.container.dockerode, 'debian:bookworm-slim', REGISTRY_LIMIT_MS);
  if (answer.isReachable) return ok('registry', 'Container registry', 'answers');
  return warning('registry', 'Container registry', {
    found: answer.because,
    consequence: `images are built from Debian packages instead${hasDebootstrap ? '' : ', which needs debootstrap'}`,
    remedy: {
      debian: 'Nothing, unless you want public images: then set HTTPS_PROXY for dockerd.',
      macos: 'Docker Desktop, Settings, Resources, Proxies.',
    },
  });
}

function checkDebootstrap(env: Env, hasRegistry: boolean): Check {
  const path = programOn(env.PATH, 'debootstrap');
  if (path !== null) return ok('debootstrap', 'debootstrap', path);
  if (hasRegistry) return ok('debootstrap', 'debootstrap', 'not installed, and not needed');
  return warning('debootstrap', 'debootstrap', {
    found: 'not installed',
    consequence: 'without a registry, `brakecheck images` has to fetch it first',
    remedy: {
      debian: 'sudo apt-get install debootstrap debian-archive-keyring',
      macos: 'Not available: give Docker Desktop access to a registry.',
    },
  });
}

async function checkRyuk(client: EngineClient, env: Env): Promise<Check> {
  const image = ryukImage(env);
  const has = await hasImage(client, image);
  return ok('ryuk', 'Ryuk', has ? `${image}, beside our own sweep` : 'not here: our own sweep cleans up');
}

async function checkEngineDisk(client: EngineClient): Promise<Check> {
  const { DockerRootDir } = (await client.container.dockerode.info()) as { DockerRootDir: string };
  if (existsSync(DockerRootDir)) return checkDisk('engine-disk', 'Disk of the engine', DockerRootDir);
  return ok('engine-disk', 'Disk of the engine', `${DockerRootDir}, which cannot be seen from here`);
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
