import { invariant } from '../../../kernel/invariant.ts';
import { keepLogs } from '../sweep/keep-logs.ts';
import { atMost } from './at-most.ts';
import { changeRoutes, type RouteChange } from './change-routes.ts';
import type { EngineClient } from './connect-engine.ts';
import type { ContainerSpec, EngineNetwork, ExecResult, RunningContainer } from './container-spec.ts';
import { createNetwork } from './create-network.ts';
import { engineCall, statusOf } from './engine-error.ts';
import { type Labels, labelsOf, type RunIdentity } from './labels.ts';
import { LOG_OPTIONS, logText } from './log-text.ts';
import { memoryInUse } from './memory-in-use.ts';
import { nameOf } from './name-of.ts';
import { NetworkTurns } from './network-turns.ts';
import { startContainer } from './start-container.ts';
import type { SubnetRange } from './subnets.ts';

export interface EngineOptions {
  readonly subnets: SubnetRange;
  /** Ryuk's session, when it watches over the run; null when our own sweep does the job alone. */
  readonly reaperSession: Labels | null;
  /** Files are mounted; otherwise copied, for an engine that cannot see this machine's files. */
  readonly mountsFiles: boolean;
}

/** Containers that are being started at once: more would only take the processor from one another until they are late. */
const MOST_STARTING = 8;

/**
 * One run's door to the engine: all that it makes carries the run's labels. Every method throws an `environment` error
 * that says what was tried; an engine that has gone away is an `EngineGoneError`.
 */
export class ContainerEngine {
  readonly run: RunIdentity;
  readonly client: EngineClient;
  private readonly options: EngineOptions;
  private started = 0;
  private readonly inTurn = atMost(MOST_STARTING);
  private readonly oneByOne = atMost(1);
  private readonly turns = new NetworkTurns();
  /** Ids of the networks that each container is on, by the container's id. */
  private readonly networksOf = new Map<string, readonly string[]>();

  constructor(client: EngineClient, run: RunIdentity, options: EngineOptions) {
    this.client = client;
    this.run = run;
    this.options = options;
  }

  /** Makes a network in a free part of the range; one after the other, since all would choose the same part. */
  network(role: string, isInternal: boolean): Promise<EngineNetwork> {
    return this.oneByOne(() =>
      createNetwork(this.docker, {
        name: nameOf(this.run, role),
        isInternal,
        subnets: this.options.subnets,
        labels: this.labels(role),
      }),
    );
  }

  /** Makes a volume; returns its name. */
  async volume(role: string): Promise<string> {
    const name = nameOf(this.run, role);
    await engineCall(`make the volume ${name}`, () =>
      this.docker.createVolume({ Name: name, Labels: this.labels(role) }),
    );
    return name;
  }

  /**
   * Starts containers in parallel and waits until each is ready. When one fails, all are waited for and the first
   * error is thrown, with the end of its log; what did start stays, for the run's sweep.
   */
  async start(specs: readonly ContainerSpec[]): Promise<readonly RunningContainer[]> {
    for (const { role, networks } of specs) invariant(networks.length > 0, `${role} is on a network`);
    const settled = await Promise.allSettled(specs.map(spec => this.inTurn(() => this.startOne(spec))));
    return settled.map(result => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  /** Runs a command in a container; an exit code other than 0 is an answer, not an error. */
  exec(id: string, command: readonly string[], asUser?: string): Promise<ExecResult> {
    return engineCall(`run ${command[0] ?? ''} in container ${id.slice(0, 12)}`, () =>
      this.client.container.exec(
        this.container(id),
        [...command],
        asUser === undefined ? {} : { user: asUser },
      ),
    );
  }

  /** Everything it has written so far, with the engine's time stamps. */
  logs(id: string): Promise<string> {
    return engineCall(`read the log of container ${id.slice(0, 12)}`, async () =>
      logText(await this.container(id).logs(LOG_OPTIONS)),
    );
  }

  /** Keeps its log, when the run keeps evidence, then ends and removes it with its anonymous volumes. Gone already is fine. */
  async remove(id: string): Promise<void> {
    if (this.run.evidenceDir !== null) await keepLogs(this.docker, id, this.run.evidenceDir);
    await this.turns.during(this.networksOf.get(id) ?? [], () =>
      engineCall(`remove container ${id.slice(0, 12)}`, async () => {
        try {
          await this.container(id).remove({ force: true, v: true });
        } catch (error) {
          if (statusOf(error) !== 404) throw error;
        }
      }),
    );
    this.networksOf.delete(id);
  }

  /** Ends it and leaves it there, so that it can be looked at; `graceMs` is how long it may take after SIGTERM. */
  stop(id: string, graceMs = 0): Promise<void> {
    return this.turns.during(this.networksOf.get(id) ?? [], () =>
      engineCall(`stop container ${id.slice(0, 12)}`, () =>
        this.client.container.stop(this.container(id), { timeout: graceMs }),
      ),
    );
  }

  /** Whether it runs and, if not, how it ended: `exited with code 1`, `killed: out of memory`. Null when it is gone. */
  async stateOf(id: string): Promise<{ readonly isRunning: boolean; readonly words: string } | null> {
    return engineCall(`look at container ${id.slice(0, 12)}`, async () => {
      try {
        const { State } = await this.container(id).inspect();
        if (State.Running) return { isRunning: true, words: 'running' };
        const words = State.OOMKilled ? 'killed: out of memory' : `exited with code ${State.ExitCode}`;
        return { isRunning: false, words };
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    });
  }

  /** Puts it on a network, under these names. */
  async connect(id: string, network: EngineNetwork, aliases: readonly string[]): Promise<void> {
    await this.turns.during([network.id], () =>
      engineCall(`connect container ${id.slice(0, 12)} to ${network.name}`, async () => {
        await this.docker
          .getNetwork(network.id)
          .connect({ Container: id, EndpointConfig: { Aliases: [...aliases] } });
      }),
    );
    this.networksOf.set(id, [...(this.networksOf.get(id) ?? []), network.id]);
  }

  /** Its address on a network that it was put on. */
  addressOn(id: string, network: EngineNetwork): Promise<string> {
    return engineCall(`look at container ${id.slice(0, 12)}`, async () => {
      const { NetworkSettings } = await this.container(id).inspect();
      return NetworkSettings.Networks[network.name]?.IPAddress ?? '';
    });
  }

  /** Changes which addresses a container can reach; `image` is one with iproute2. */
  changeRoutes(containerId: string, image: string, change: RouteChange): Promise<void> {
    this.started += 1;
    const name = nameOf(this.run, 'routes', this.started);
    return changeRoutes(this.docker, { containerId, image, name, labels: this.labels('routes'), change });
  }

  /** Bytes of memory that the containers use now, without the page cache that the kernel can take back. */
  async memoryBytes(ids: readonly string[]): Promise<number> {
    const each = await Promise.all(ids.map(id => memoryInUse(this.container(id))));
    return each.reduce((sum, bytes) => sum + bytes, 0);
  }

  private get docker() {
    return this.client.container.dockerode;
  }

  private container(id: string) {
    return this.client.container.getById(id);
  }

  private labels(role: string): Labels {
    return { ...labelsOf(this.run, role), ...this.options.reaperSession };
  }

  private async startOne(spec: ContainerSpec): Promise<RunningContainer> {
    this.started += 1;
    const started = await startContainer(spec, {
      name: nameOf(this.run, spec.role, this.started),
      labels: this.labels(spec.role),
      client: this.client,
      turns: this.turns,
      hasReaper: this.options.reaperSession !== null,
      mountsFiles: this.options.mountsFiles,
    });
    this.networksOf.set(
      started.id,
      spec.networks.map(({ network }) => network.id),
    );
    return started;
  }
}
