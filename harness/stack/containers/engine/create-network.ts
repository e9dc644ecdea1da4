import { networkInterfaces } from 'node:os';
import { HarnessError } from '../../../kernel/errors.ts';
import type { Docker } from './connect-engine.ts';
import type { EngineNetwork } from './container-spec.ts';
import { engineCall, statusOf } from './engine-error.ts';
import type { Labels } from './labels.ts';
import { freeSubnets, type SubnetRange } from './subnets.ts';

/** Runs that start at the same moment see the same free subnets; each clash costs one try. */
const MOST_TRIES = 20;

export interface NetworkRequest {
  readonly name: string;
  readonly isInternal: boolean;
  readonly subnets: SubnetRange;
  readonly labels: Labels;
}

/** Makes a bridge network in the first free subnet of the range, and in the next when another run was quicker. */
export async function createNetwork(docker: Docker, request: NetworkRequest): Promise<EngineNetwork> {
  const { name, isInternal, labels } = request;
  const tried = `make the network ${name}`;
  const free = freeSubnets(await engineCall(tried, () => takenSubnets(docker)), request.subnets);
  for (const subnet of free.slice(0, MOST_TRIES)) {
    const network = await engineCall(tried, async () => {
      try {
        return await docker.createNetwork({
          Name: name,
          // Otherwise the engine makes a second network of the same name.
          CheckDuplicate: true,
          Driver: 'bridge',
          Internal: isInternal,
          Labels: labels,
          IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] },
        });
      } catch (error) {
        if (isClash(error)) return null;
        throw error;
      }
    });
    if (network !== null) return { id: network.id, name, subnet, isInternal };
  }
  throw new HarnessError('environment', {
    message: `could not ${tried}: no free subnet in ${request.subnets.range} (${free.length} looked free, none could be had)`,
    hint: 'Remove what earlier runs left with: brakecheck clean; or give another range in BRAKECHECK_SUBNETS, such as 172.29.0.0/16.',
  });
}

async function takenSubnets(docker: Docker): Promise<string[]> {
  const networks = await docker.listNetworks();
  const ours = networks.flatMap(({ IPAM }) => (IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []));
  const interfaces = Object.values(networkInterfaces()).flatMap(all => all ?? []);
  return [...ours, ...interfaces.flatMap(({ cidr }) => cidr ?? [])];
}

/** "Pool overlaps with other one on this address space", "cannot create network …: conflicts with network …". */
function isClash(error: unknown): boolean {
  return (
    statusOf(error) !== null &&
    error instanceof Error &&
    /overlap|conflicts with network/i.test(error.message)
  );
}
