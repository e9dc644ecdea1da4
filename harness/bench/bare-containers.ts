import type { Docker } from '../stack/containers/engine/connect-engine.ts';
import { labelsOf, type RunIdentity } from '../stack/containers/engine/labels.ts';

/** What the engine is told to make a container, as it was told the first time. */
export interface BareContainer {
  /** When the first one began to run, by the machine's clock. */
  readonly startedAtMs: number;
  readonly options: BareOptions;
}

interface BareOptions {
  readonly Image: string;
  readonly Cmd: string[];
  readonly Env: string[];
  readonly User: string;
  /** Folders that get a volume of their own in the place of a named one, which is gone with its run. */
  readonly Volumes: Record<string, object>;
  readonly HostConfig: {
    readonly Memory: number;
    readonly Binds: string[];
    readonly Tmpfs: Record<string, string>;
    readonly ReadonlyRootfs: boolean;
  };
}

/** Reads how a container was made: image, command, environment, files and limits. */
export async function bareContainer(docker: Docker, id: string): Promise<BareContainer> {
  const { Config, HostConfig, State } = await docker.getContainer(id).inspect();
  const { Memory = 0, Binds, Tmpfs, ReadonlyRootfs = false } = HostConfig;
  const { Image, Cmd, Env, User } = Config;
  const [files, volumes] = [(Binds ?? []).filter(isFile), (Binds ?? []).filter(bind => !isFile(bind))];
  return {
    startedAtMs: Date.parse(State.StartedAt),
    options: {
      ...{ Image, Cmd: Cmd ?? [], Env: Env ?? [], User: User ?? '' },
      Volumes: Object.fromEntries(volumes.map(bind => [bind.split(':')[1] ?? '', {}])),
      HostConfig: {
        ...{ Memory, Binds: files, ReadonlyRootfs },
        Tmpfs: (Tmpfs ?? {}) as Record<string, string>,
      },
    },
  };
}

/** `/srv/main.mjs:/srv/main.mjs:ro`, as opposed to a volume's name. */
function isFile(bind: string): boolean {
  return bind.startsWith('/');
}

/** Makes and starts all of them at once, with nothing but the engine's API; resolves when all run. Whoever calls sweeps them. */
export async function startBare(
  docker: Docker,
  containers: readonly BareContainer[],
  run: RunIdentity,
): Promise<void> {
  const network = await docker.createNetwork({
    Name: `brakecheck-${run.runId}-bare`,
    Labels: labelsOf(run, 'bare'),
  });
  await Promise.all(
    containers.map(async ({ options }, index) => {
      const made = await docker.createContainer({
        ...options,
        name: `brakecheck-${run.runId}-bare-${index}`,
        Labels: labelsOf(run, `bare-${index}`),
        HostConfig: { ...options.HostConfig, NetworkMode: network.id },
      });
      await made.start();
    }),
  );
}
