import { GenericContainer, PullPolicy, type StartedTestContainer } from 'testcontainers';
import type { EngineClient } from './connect-engine.ts';
import type { Attachment, ContainerSpec } from './container-spec.ts';
import type { Labels } from './labels.ts';
import type { NetworkTurns } from './network-turns.ts';
import { readyWhenRunning } from './ready-when-running.ts';

/** Enough for a Node.js process with its threads, and no room for a fork bomb. */
const MOST_PROCESSES = 256;

export interface OwnContainerOptions {
  readonly name: string;
  readonly labels: Labels;
  readonly client: EngineClient;
  /** In which it joins its networks. */
  readonly turns: NetworkTurns;
  /** Ryuk watches over it as well. */
  readonly hasReaper: boolean;
  /** Files are mounted; when false, they are copied, for an engine that does not share this machine's files. */
  readonly mountsFiles: boolean;
}

/**
 * testcontainers' container with what it has no setter for: networks of ours from the start (it would go by way of the
 * default bridge, where all containers of the machine meet), ports on 127.0.0.1 alone, and a file system that cannot be
 * written to.
 */
export class OwnContainer extends GenericContainer {
  private readonly networks: readonly Attachment[];
  private readonly client: EngineClient;
  private readonly turns: NetworkTurns;
  private release = () => {};

  constructor(spec: ContainerSpec, options: OwnContainerOptions) {
    super(spec.image);
    const [first] = spec.networks;
    this.networks = spec.networks;
    this.client = options.client;
    this.turns = options.turns;
    this.withName(options.name)
      .withLabels(options.labels)
      .withEnvironment({ ...spec.env });
    // What is not here is for `brakecheck images` to build; a run that pulled would hang where no registry answers.
    this.withPullPolicy(PullPolicy.neverPull()).withAutoCleanup(options.hasReaper);
    this.withDroppedCapabilities('ALL').withSecurityOpt('no-new-privileges');
    if (spec.command !== undefined) this.withCommand([...spec.command]);
    if (spec.user !== undefined) this.withUser(spec.user);
    if (spec.scratch !== undefined) this.withTmpFs({ ...spec.scratch });
    // testcontainers removes a container that does not get ready, and its log with it: see `start-container.ts`.
    this.withWaitStrategy(readyWhenRunning());
    if (first !== undefined) this.joinFirst(first);
    this.limit(spec);
    this.bringFiles(spec, options.mountsFiles);
    this.publish(spec.publish ?? []);
  }

  override async start(): Promise<StartedTestContainer> {
    try {
      return await super.start();
    } finally {
      this.release();
    }
  }

  /** The hook before the start: so it is on all its networks from its first moment. */
  protected override async containerCreated(containerId: string): Promise<void> {
    this.release = await this.turns.take(this.networks.map(({ network }) => network.id));
    const container = this.client.container.getById(containerId);
    for (const { network, aliases } of this.networks.slice(1)) {
      await this.client.container.connectToNetwork(container, this.client.network.getById(network.id), [
        ...aliases,
      ]);
    }
  }

  /** The hook after the start: from now on it only gets ready. */
  protected override async containerStarting(): Promise<void> {
    this.release();
  }

  private joinFirst({ network, aliases }: Attachment): void {
    this.withNetworkMode(network.name);
    this.createOpts.NetworkingConfig = { EndpointsConfig: { [network.name]: { Aliases: [...aliases] } } };
  }

  private limit(spec: ContainerSpec): void {
    Object.assign(this.hostConfig, {
      Memory: spec.memoryBytes,
      MemorySwap: spec.memoryBytes,
      PidsLimit: MOST_PROCESSES,
      ReadonlyRootfs: spec.isWritable !== true,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '8m', 'max-file': '1' } },
    });
  }

  private bringFiles(spec: ContainerSpec, mountsFiles: boolean): void {
    const files = spec.files ?? [];
    this.withBindMounts([
      ...Object.entries(spec.volumes ?? {}).map(([to, from]) => ({
        source: from,
        target: to,
        mode: 'rw' as const,
      })),
      ...(mountsFiles
        ? files.map(({ from, to }) => ({ source: from, target: to, mode: 'ro' as const }))
        : []),
    ]);
    if (mountsFiles || files.length === 0) return;
    this.withCopyFilesToContainer(files.map(({ from, to }) => ({ source: from, target: to, mode: 0o644 })));
    // The engine refuses to copy into a file system that cannot be written to.
    this.hostConfig.ReadonlyRootfs = false;
  }

  private publish(ports: readonly number[]): void {
    if (ports.length === 0) return;
    this.withExposedPorts(...ports);
    this.hostConfig.PortBindings = Object.fromEntries(
      ports.map(port => [`${port}/tcp`, [{ HostIp: '127.0.0.1', HostPort: '0' }]]),
    );
  }
}
