import type { Docker } from './connect-engine.ts';
import { engineCall, statusOf } from './engine-error.ts';
import type { Labels } from './labels.ts';
import { LOG_OPTIONS, logText } from './log-text.ts';

/** IPv4 addresses that a container is not to reach any more, and ones that it may reach again. */
export interface RouteChange {
  readonly block: readonly string[];
  readonly open: readonly string[];
}

export interface RouteOrder {
  /** Whose routes. */
  readonly containerId: string;
  /** An image with iproute2. */
  readonly image: string;
  readonly name: string;
  readonly labels: Labels;
  readonly change: RouteChange;
}

const MEMORY_BYTES = 32e6;

/**
 * Changes a running container's routes. A blocked address is unreachable: connecting fails at once with EHOSTUNREACH, and
 * what open connections send is kept back, as with a cable that is pulled. The container itself has no right to do that,
 * so another one does, which shares its network, has NET_ADMIN, and lives for this one command. One that has ended has no
 * routes to change, and that is no error.
 */
export function changeRoutes(docker: Docker, order: RouteOrder): Promise<void> {
  const { containerId, image, name, labels, change } = order;
  return engineCall(`change the routes of container ${containerId.slice(0, 12)}`, async () => {
    const changer = await docker.createContainer({
      ...{ name, Image: image, Labels: labels, User: '0:0' },
      Entrypoint: ['sh', '-ec', scriptFor(change)],
      HostConfig: {
        NetworkMode: `container:${containerId}`,
        ...{ CapDrop: ['ALL'], CapAdd: ['NET_ADMIN'], SecurityOpt: ['no-new-privileges'] },
        ...{ ReadonlyRootfs: true, Memory: MEMORY_BYTES, MemorySwap: MEMORY_BYTES },
      },
    });
    try {
      await changer.start();
      const { StatusCode } = (await changer.wait()) as { readonly StatusCode: number };
      if (StatusCode !== 0)
        throw new Error(`it said ${logText(await changer.logs(LOG_OPTIONS)).trim() || 'nothing'}`);
    } catch (error) {
      if (await isRunning(docker, containerId)) throw error;
    } finally {
      await changer.remove({ force: true });
    }
  });
}

function scriptFor({ block, open }: RouteChange): string {
  return [
    ...block.map(address => `ip route replace unreachable ${address}/32`),
    ...open.map(address => `ip route del unreachable ${address}/32`),
  ].join('\n');
}

async function isRunning(docker: Docker, id: string): Promise<boolean> {
  try {
    return (await docker.getContainer(id).inspect()).State.Running;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}
