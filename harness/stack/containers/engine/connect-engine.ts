import type { ContainerRuntimeClient } from 'testcontainers';
import { EngineGoneError, engineError } from './engine-error.ts';

/** The engine's API, as testcontainers found it: `DOCKER_HOST`, its own settings, or the usual sockets. */
export type EngineClient = ContainerRuntimeClient;

/** The plain client below it, for what testcontainers does not offer. */
export type Docker = EngineClient['container']['dockerode'];

/**
 * Connects to the engine. `dockerHost` is the environment's DOCKER_HOST: when it is set, no other engine will do.
 * Throws an environment error that says what to do. The library is loaded here, since it takes half a second that most
 * commands do not need.
 */
export async function connectEngine(dockerHost: string | undefined): Promise<EngineClient> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  let client: EngineClient;
  try {
    client = await getContainerRuntimeClient();
  } catch (error) {
    throw engineError('reach a Docker engine', error);
  }
  // testcontainers goes on to the next place when nobody answers at the one that was asked for.
  if (dockerHost !== undefined && dockerHost !== '' && !isAt(client, dockerHost)) {
    throw new EngineGoneError('reach a Docker engine', new Error(`nothing at DOCKER_HOST=${dockerHost}`));
  }
  return client;
}

/** Where it listens on this machine; null when it is reached over a network. */
export function socketOf(client: EngineClient): string | null {
  const { socketPath } = client.container.dockerode.modem as { socketPath?: string };
  return socketPath === undefined || socketPath === '' ? null : socketPath;
}

function isAt(client: EngineClient, dockerHost: string): boolean {
  if (dockerHost.startsWith('unix://')) return socketOf(client) === dockerHost.slice('unix://'.length);
  const { host } = client.container.dockerode.modem as { host?: string };
  return socketOf(client) === null && URL.parse(dockerHost)?.hostname === host;
}
