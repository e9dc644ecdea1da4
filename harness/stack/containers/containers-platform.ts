import { invariant } from '../../kernel/invariant.ts';
import type { Build, SlotId, SlotSpec } from '../../ports/stack.ts';
import type { InstanceOrder } from '../live/instance-order.ts';
import type { LivePlatform, OpenEdge, RunningInstance } from '../live/platform.ts';
import { remoteEdge, remoteInstance } from '../live/remote-control.ts';
import type { Route } from '../live/routing-table.ts';
import { type OpenAgentSide, openAgentSide } from './agent-side.ts';
import { Cabling } from './cabling.ts';
import { ContainerDatabase } from './container-database.ts';
import { containerInstance } from './container-instance.ts';
import { PORT, type ServiceSettings } from './inside/settings.ts';
import { DATABASE_HOST } from './region-server.ts';
import { Standing, type StandingDeps } from './standing.ts';

export interface ContainersPlatformDeps extends StandingDeps {
  readonly thirdPartyHosts: ReadonlySet<string>;
  /** Removes everything that the run has made in the engine; resolves with the number of things that would not go. */
  readonly sweep: () => Promise<number>;
}

/** Longest wait for an order to an edge or to the third parties. */
const ORDER_LIMIT_MS = 15_000;

/** Containers with PostgreSQL: one for each instance, edge, database server and third party. */
export class ContainersPlatform implements LivePlatform {
  readonly kind = 'containers';
  readonly closesAll = true;
  readonly thirdParties: Readonly<Record<string, readonly Route[]>>;
  private readonly deps: ContainersPlatformDeps;
  private readonly standing: Standing;
  private readonly cabling: Cabling;
  private readonly databases = new Map<SlotId, ServiceSettings['database']>();
  private readonly dumps = new Set<string>();
  private agents: Promise<OpenAgentSide> | null = null;
  private left = 0;

  constructor(deps: ContainersPlatformDeps) {
    this.deps = deps;
    // Each third party is known by its own name.
    this.thirdParties = Object.fromEntries(
      [...deps.thirdPartyHosts].map(host => [host, [{ url: `http://${host}:${PORT.service}`, weight: 1 }]]),
    );
    const standing = new Standing(deps);
    this.standing = standing;
    this.cabling = new Cabling({
      thirdPartyHosts: deps.thirdPartyHosts,
      thirdPartyOn: (host, environment, region) => standing.thirdPartyOn(host, environment, region),
      block: (containerId, change) => deps.engine.changeRoutes(containerId, deps.images.runtime, change),
    });
  }

  async openEdge(region: string): Promise<OpenEdge> {
    const { url, gate } = await this.standing.edge(region);
    const { real } = this.deps;
    const control = remoteEdge({
      url: `http://127.0.0.1:${PORT.admin}`,
      token: gate.token,
      agent: gate.agent,
      real,
      limitMs: ORDER_LIMIT_MS,
    });
    return { url, control };
  }

  async createDatabase(slot: SlotSpec): Promise<ContainerDatabase> {
    const { server } = await this.standing.server(slot.environment, slot.region);
    const { real, secret } = this.deps;
    const name = slot.service.replaceAll(/[^a-z0-9]/g, '_');
    const password = `${secret}-${name}`;
    const { dumps } = this;
    const onDrop = (): void => void this.databases.delete(slot.slot);
    const database = new ContainerDatabase({ server, name, password, real, dumps, onDrop });
    await database.create();
    const { database: port } = PORT;
    this.databases.set(slot.slot, { host: DATABASE_HOST, port, database: name, user: name, password });
    return database;
  }

  async startInstance(order: InstanceOrder, build: Build): Promise<RunningInstance> {
    const { engine, programs, real } = this.deps;
    const { slot, id } = order;
    const { dependsOn } = build.definition;
    const [program, network, { gate }] = await Promise.all([
      programs.service(build),
      this.standing.home(slot.environment, slot.region),
      this.standing.edge(slot.region),
    ]);
    const preparing = this.cabling.prepare(slot, dependsOn);
    const starting = this.standing.run({
      role: `${slot.slot.replace(/^production:/, '')} ${id}`,
      networks: [{ network, aliases: [id] }],
      program,
      settings: this.settingsOf(order, build),
    });
    // When one of them fails, the other must not be under way any more while the stack is taken down.
    await Promise.allSettled([preparing, starting]);
    await preparing;
    const { id: containerId, addresses } = await starting;
    const address = addresses.get(network.name) ?? '';
    await this.cabling.plug(id, { slot, dependsOn, containerId, address });
    return containerInstance({
      ...{ engine, gate, real, containerId, address },
      service: slot.service,
      onGone: () => this.cabling.unplug(id),
    });
  }

  cut(region: string, from: string, to: string, isCut: boolean): Promise<void> {
    return this.cabling.cut(region, from, to, isCut);
  }

  agentSide(): Promise<OpenAgentSide> {
    const { programs, secret, real } = this.deps;
    this.agents ??= openAgentSide({ standing: this.standing, programs, secret, real });
    return this.agents;
  }

  async connections(): Promise<Readonly<Record<string, number>>> {
    const servers = await this.standing.servers();
    const counts = servers.map(async ({ server }) => [server.name, await server.connections()] as const);
    return Object.fromEntries(await Promise.all(counts));
  }

  async setWorldTime(nowMs: number): Promise<void> {
    const [parties, { gate }] = await Promise.all([this.standing.thirdParties(), this.standing.firstEdge()]);
    const remote = { token: gate.token, agent: gate.agent, real: this.deps.real, limitMs: ORDER_LIMIT_MS };
    await Promise.all(
      parties.map(({ address }) =>
        remoteInstance({ ...remote, url: `http://${address}:${PORT.admin}` }).setWorldTime(nowMs),
      ),
    );
  }

  async close(): Promise<void> {
    await this.standing.letGo();
    const [agents] = await Promise.allSettled([this.agents]);
    if (agents.status === 'fulfilled') agents.value?.close();
    this.left = await this.deps.sweep();
  }

  leftBehind(): number {
    return this.left;
  }

  private settingsOf(order: InstanceOrder, { id, version, digest }: Build): ServiceSettings {
    const database = this.databases.get(order.slot.slot);
    invariant(database !== undefined, `an instance is started where there is a database: ${order.slot.slot}`);
    return { order, build: { id, version, digest }, database, token: this.deps.secret };
  }
}
