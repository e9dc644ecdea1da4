import type { Docker } from '../engine/connect-engine.ts';
import { engineCall } from '../engine/engine-error.ts';
import { LABEL } from '../engine/labels.ts';
import { type Owner, readOwner } from './owner.ts';

/** Something of ours in the engine. */
export interface Found {
  readonly kind: 'container' | 'network' | 'volume';
  readonly id: string;
  readonly name: string;
  readonly runId: string;
  readonly part: string;
  /** Null when its label cannot be read. */
  readonly owner: Owner | null;
  /** Where its log may be kept, from its label. */
  readonly evidenceDir: string | null;
  /** Ids of the networks that it is on; only containers are. */
  readonly networkIds: readonly string[];
}

/**
 * All containers (stopped ones too), networks and volumes of runs, in the order in which they can be removed. The project's
 * label alone is not enough: a container inherits it from an image that somebody built on one of ours.
 */
export async function findOurs(docker: Docker): Promise<readonly Found[]> {
  const filters = { label: [`${LABEL.project}=1`, LABEL.run] };
  return engineCall('look for what runs left in the engine', async () => {
    const containers = await docker.listContainers({ all: true, filters });
    const networks = await docker.listNetworks({ filters });
    const { Volumes } = await docker.listVolumes({ filters });
    return [
      ...containers.map(({ Id, Names, Labels, NetworkSettings }) => ({
        ...found('container', Id, (Names[0] ?? Id).replace(/^\//, ''), Labels),
        networkIds: Object.values(NetworkSettings?.Networks ?? {}).map(({ NetworkID }) => NetworkID),
      })),
      ...networks.map(({ Id, Name, Labels }) => found('network', Id, Name, Labels)),
      ...(Volumes ?? []).map(({ Name, Labels }) => found('volume', Name, Name, Labels)),
    ];
  });
}

function found(
  kind: Found['kind'],
  id: string,
  name: string,
  labels: Readonly<Record<string, string>> | null | undefined,
): Found {
  return {
    kind,
    id,
    name,
    runId: labels?.[LABEL.run] ?? 'unknown',
    part: labels?.[LABEL.part] ?? '',
    owner: readOwner(labels?.[LABEL.owner]),
    evidenceDir: labels?.[LABEL.evidence] ?? null,
    networkIds: [],
  };
}
