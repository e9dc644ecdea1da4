import { invariant } from '../../kernel/invariant.ts';
import type { Build, SlotId, SlotSpec } from '../../ports/stack.ts';
import type { InstanceOrder } from '../live/instance-order.ts';
import type { LivePlatform, OpenEdge, RunningInstance } from '../live/platform.ts';
import { remoteEdge, remoteInstance } from '../live/remote-control.ts';
import type { Route } from '../live/routing-table.ts';
import { type OpenAgentSide, openAgentSide } from './agent-side.ts';
import { Cabling, DATABASE_HOST } from './cabling.ts';
import { ContainerDatabase } from './container-database.ts';
import { containerInstance } from './container-instance.ts';
import { PORT, type ServiceSettings } from './inside/settings.ts';
import { addressOn, Standing, type StandingDeps } from './standing.ts';

export interface ContainersPlatformDeps extends StandingDeps {
  readonly thirdPartyHosts: ReadonlySet<string>;
  /** Removes everything that the run has made in the engine; resolves with the number of things that would not go. */
  readonly sweep: () => Promise<number>;
}

/** Longest wait for an order to an edge or to the third parties. */
const ORDER_LIMIT_MS = 15_000;

/** Containers with PostgreSQL: one for each instance, edge and database server, and one for the third parties. */
export class ContainersPlatform implements LivePlatform {
  readonly kind = 'containers';
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
    // Each third party is known by its own name, on a network of its own.
    this.thirdParties = Object.fromEntries(
      [...deps.thirdPartyHosts].map(host => [host, [{ url: `http://${host}:${PORT.service}`, weight: 1 }]]),
    );
    const standing = new Standing(deps);
    this.standing = standing;
    this.cabling = new Cabling(
      deps.engine,
      {
        edge: async region => (await standing.edge(region)).containerId,
        database: async (environment, region) => (await standing.server(environment, region)).containerId,
        thirdParties: async () => (await standing.thirdParties()).containerId,
      },
      deps.thirdPartyHosts,
    );
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
    // The harness needs the gate to take the rest down: edges go last, in `close`.
    return { url, control: { ...control, stop: async () => undefined } };
  }

  async createDatabase(slot: SlotSpec): Promise<ContainerDatabase> {
    const { server } = await this.standing.server(slot.environment, slot.region);
    const { real, secret } = this.deps;
    const name = slot.service.replaceAll(/[^a-z0-9]/g, '_');
    const password = `${secret}-${name}`;
    const { dumps } = this;
    const onDrop = (): void => void this.databases.delete(slot.slot);
    const database = new ContainerDatabase({ server, name, password, real, dumps, onDrop });
    await Promise.all([database.create(), this.cabling.home(slot)]);
    const { database: port } = PORT;
    this.databases.set(slot.slot, { host: DATABASE_HOST, port, database: name, user: name, password });
    return database;
  }

  async startInstance(order: InstanceOrder, build: Build): Promise<RunningInstance> {
    const { engine, programs, real } = this.deps;
    const { slot, id } = order;
    const caller = { slot, dependsOn: build.definition.dependsOn };
    const [program, networks, { gate }] = await Promise.all([
      programs.service(build),
      this.cabling.attachments(caller, id),
      this.standing.edge(slot.region),
    ]);
    const container = await this.standing.run({
      role: `${slot.slot.replace(/^production:/, '')} ${id}`,
      networks,
      program,
      settings: this.settingsOf(order, build),
    });
    await this.cabling.plugged(id, container.id, { caller, networks });
    return containerInstance({
      engine,
      gate,
      real,
      containerId: container.id,
      address: addressOn(container, networks[0]?.network),
      service: slot.service,
      onGone: () => this.cabling.unplugged(id),
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
    if (!this.standing.hasThirdParties) return;
    const [{ address }, { gate }] = await Promise.all([
      this.standing.thirdParties(),
      this.standing.firstEdge(),
    ]);
    const { agent, token } = gate;
    const url = `http://${address}:${PORT.admin}`;
    const remote = { url, token, agent, real: this.deps.real, limitMs: ORDER_LIMIT_MS };
    await remoteInstance(remote).setWorldTime(nowMs);
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
