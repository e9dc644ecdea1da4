import { connectEngine, type EngineClient, socketOf } from './connect-engine.ts';
import { ContainerEngine } from './container-engine.ts';
import { engineCall } from './engine-error.ts';
import type { Labels, RunIdentity } from './labels.ts';
import { DEFAULT_SUBNETS, type SubnetRange } from './subnets.ts';

export interface OpenEngineOptions {
  /** The environment's DOCKER_HOST. */
  readonly dockerHost: string | undefined;
  readonly subnets?: SubnetRange;
  /** Ryuk's image, as a second broom where the image is here already; null: never. */
  readonly ryuk: string | null;
}

/** The version that testcontainers 12.2 starts. */
const RYUK_IMAGE = 'testcontainers/ryuk:0.14.0';

/** Ryuk's image: testcontainers takes another one from the same variable of the environment. */
export function ryukImage(env: Readonly<Record<string, string | undefined>>): string {
  return env.RYUK_CONTAINER_IMAGE || RYUK_IMAGE;
}

/**
 * Opens the engine for one run. Ryuk ends what is left when this process dies; it is used only where its image is on
 * the machine, since waiting for a registry that does not answer would be worse than the sweep at the next start.
 */
export async function openEngine(run: RunIdentity, options: OpenEngineOptions): Promise<ContainerEngine> {
  const client = await connectEngine(options.dockerHost);
  const hasRyuk = options.ryuk !== null && (await hasImage(client, options.ryuk));
  return new ContainerEngine(client, run, {
    subnets: options.subnets ?? DEFAULT_SUBNETS,
    reaperSession: hasRyuk ? await startRyuk(client) : null,
    // An engine at a socket of this machine sees its files; one that is reached over a network does not.
    mountsFiles: socketOf(client) !== null,
  });
}

/** Whether the engine has the image under that name. */
export async function hasImage(client: EngineClient, name: string): Promise<boolean> {
  const found = await engineCall(`look for the image ${name}`, () =>
    client.container.dockerode.listImages({ filters: { reference: [name] } }),
  );
  return found.length > 0;
}

async function startRyuk(client: EngineClient): Promise<Labels> {
  const { getReaper, LABEL_TESTCONTAINERS_SESSION_ID } = await import('testcontainers');
  const reaper = await engineCall('start Ryuk', () => getReaper(client));
  return { [LABEL_TESTCONTAINERS_SESSION_ID]: reaper.sessionId };
}
