import type { Clock } from '../../kernel/clock.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Rng } from '../../kernel/rng.ts';
import type { Build, SlotId, SlotSpec } from '../../ports/stack.ts';
import type { World } from '../../scenario/world-schema.ts';
import { startEdge } from '../live/edge.ts';
import { startInstanceHost } from '../live/instance-host.ts';
import type { InstanceOrder } from '../live/instance-order.ts';
import { keptAgent } from '../live/kept-agent.ts';
import type { LiveServiceClock } from '../live/live-service-clock.ts';
import type { LivePlatform, OpenEdge, RunningInstance } from '../live/platform.ts';
import type { Route } from '../live/routing-table.ts';
import { sendRequest } from '../live/send-request.ts';
import type { HttpServer } from '../live/serve-http.ts';
import type { TrafficBook } from '../live/traffic-book.ts';
import { DatabaseServer } from '../sqlite/database-server.ts';
import { type DatabaseCopy, MemoryDatabase } from '../sqlite/memory-database.ts';
import { LocalDatabase } from './local-database.ts';

export interface LocalPlatformDeps {
  readonly world: World;
  readonly rng: Rng;
  readonly real: Clock;
  readonly clock: LiveServiceClock;
  readonly traffic: TrafficBook;
  /** The third parties' server, and the host names that it answers for. */
  readonly thirdParties: HttpServer;
  readonly thirdPartyHosts: ReadonlySet<string>;
}

/** Every port is on the machine's own loopback interface, and is whichever is free. */
export const LOOPBACK = { host: '127.0.0.1', port: 0 };

/**
 * The machine's loopback interface and this process: every instance has a port of its own and real HTTP in between, but
 * they share one thread, so a build that blocks it blocks the harness as well. Containers do not.
 */
export class LocalPlatform implements LivePlatform {
  readonly kind = 'local';
  readonly closesAll = false;
  readonly thirdParties: Readonly<Record<string, readonly Route[]>>;
  private readonly deps: LocalPlatformDeps;
  private readonly databases = new Map<SlotId, LocalDatabase>();
  private readonly servers = new Map<string, DatabaseServer>();
  private readonly dumps = new Map<string, DatabaseCopy>();
  private readonly agent = keptAgent();

  constructor(deps: LocalPlatformDeps) {
    this.deps = deps;
    const route = { url: urlOf(deps.thirdParties.port), weight: 1 };
    this.thirdParties = Object.fromEntries([...deps.thirdPartyHosts].map(host => [host, [route]]));
  }

  async openEdge(region: string): Promise<OpenEdge> {
    const { rng, real, traffic } = this.deps;
    const draws = rng.fork(`stack/edge/${region}`);
    const edge = await startEdge({
      address: LOOPBACK,
      real,
      unit: () => draws.next(),
      onOrder: () => traffic.ordered(region, 1),
    });
    // Told at once, so there is nothing to be read later.
    const drain = async () => ({ ...(await edge.control.drain()), orders: 0 });
    return { url: urlOf(edge.port), control: { ...edge.control, drain } };
  }

  async createDatabase(slot: SlotSpec): Promise<LocalDatabase> {
    const database = new LocalDatabase({
      database: new MemoryDatabase(this.deps.clock),
      server: this.server(slot),
      dumps: this.dumps,
      onDrop: () => this.databases.delete(slot.slot),
    });
    this.databases.set(slot.slot, database);
    return database;
  }

  async startInstance(order: InstanceOrder, build: Build): Promise<RunningInstance> {
    const { real, clock, traffic } = this.deps;
    const database = this.databases.get(order.slot.slot);
    invariant(database !== undefined, `an instance is started where there is a database: ${order.slot.slot}`);
    const { port, control } = await startInstanceHost({
      order,
      build,
      address: LOOPBACK,
      real,
      clock,
      database,
      onServed: served => traffic.served(order.slot.slot, build.id, served),
    });
    const url = urlOf(port);
    return {
      url,
      control: { ...control, drain: async () => [] },
      call: request => sendRequest(request, { url, host: order.slot.service, agent: this.agent }),
    };
  }

  async connections(): Promise<Readonly<Record<string, number>>> {
    return Object.fromEntries([...this.servers].map(([key, { openConnections }]) => [key, openConnections]));
  }

  async setWorldTime(nowMs: number): Promise<void> {
    this.deps.clock.moveTo(nowMs);
  }

  async close(): Promise<void> {
    this.agent.destroy();
    this.dumps.clear();
    await this.deps.thirdParties.close(0);
  }

  /** One database server per environment and region: what the region's services share. */
  private server({ environment, region }: SlotSpec): DatabaseServer {
    const key = `${environment}/${region}`;
    let server = this.servers.get(key);
    if (server === undefined) {
      server = new DatabaseServer({
        connectionLimit: this.deps.world.database.connectionLimit,
        connecting: nextTurn,
        querying: nextTurn,
      });
      this.servers.set(key, server);
    }
    return server;
  }
}

/** What goes to a server and back takes at least a turn of the event loop, however fast the engine is. */
function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}

function urlOf(port: number): string {
  return `http://${LOOPBACK.host}:${port}`;
}
