import type { Duplex } from 'node:stream';
import type { Clock } from '../../kernel/clock.ts';
import type { SqlResult } from '../../ports/stack.ts';
import { ConnectionPool } from '../connection-pool.ts';
import { openPostgres, type PostgresConnection } from '../postgres/postgres-connection.ts';
import type { ContainerEngine } from './engine/container-engine.ts';
import type { EngineNetwork } from './engine/container-spec.ts';
import { PORT } from './inside/settings.ts';
import { type Gate, openTunnel } from './tunnel.ts';

export interface RegionServerDeps {
  readonly engine: ContainerEngine;
  readonly gate: Gate;
  /** `production/na`. */
  readonly name: string;
  readonly containerId: string;
  readonly address: string;
  readonly password: string;
  readonly real: Clock;
}

/** Whom the harness acts as. The first two are superusers: their connections are beyond the world's limit. */
export type HarnessRole = 'postgres' | 'oracle';

/** The name by which services know their database server. */
export const DATABASE_HOST = 'database';

/** Connections that PostgreSQL keeps back for its administrators (superuser_reserved_connections, default 3). */
const RESERVED = 3;
/** Those that the harness itself may need besides; services cannot have them. */
const FOR_HARNESS = 40;
/** The database that every server has. */
const MAINTENANCE = 'postgres';
/**
 * The harness's own connections to one database: few, and given back as soon as nothing follows. The server lets
 * superusers in beyond its limit, but while they are there it counts them.
 */
export const OWN_POOL = { max: 2, idleTimeoutMs: 20, acquireTimeoutMs: 60_000, maxLifetimeMs: 600_000 };
const MEMORY_BYTES = 512e6;
const DATA_FOLDER = '/var/lib/brakecheck';
/** In the image a folder that anybody may write to, on which the stack's volume of dumps is put. */
const DUMP_FOLDER = '/var/tmp';

/** The database server that a region's services share, in a container. */
export class RegionServer {
  readonly name: string;
  private readonly deps: RegionServerDeps;
  private readonly administrators: ConnectionPool;

  constructor(deps: RegionServerDeps) {
    this.deps = deps;
    this.name = deps.name;
    this.administrators = new ConnectionPool(deps.real, () => this.open('postgres', MAINTENANCE), OWN_POOL);
  }

  /** Makes the oracle's role: it may read everything, and its transactions may not write. */
  async prepare(): Promise<void> {
    await this.statement(`create role oracle superuser login password '${this.deps.password}'`);
    await this.statement('alter role oracle set default_transaction_read_only = on');
  }

  /** Opens a connection of the harness's own, through the region's gate. */
  async open(role: HarnessRole, database: string, actAs?: string): Promise<PostgresConnection> {
    const { gate, address, password } = this.deps;
    const tunnel: Duplex = await openTunnel(gate, address, PORT.database);
    const target = { host: address, port: PORT.database, database, user: role, password, tunnel };
    return openPostgres(actAs === undefined ? target : { ...target, actAs });
  }

  /** Runs a statement of administration. */
  statement(sql: string): Promise<SqlResult> {
    return this.administrators.run(sql);
  }

  /** Connections that services hold; the harness's own are not counted. */
  async connections(): Promise<number> {
    const { rows } = await this.statement(
      "select count(*) as n from pg_stat_activity a join pg_roles r on r.oid = a.usesysid where a.backend_type = 'client backend' and not r.rolsuper",
    );
    return Number(rows[0]?.n ?? 0);
  }

  /** Runs one of PostgreSQL's tools beside the server. Rejects with what it said when it fails. */
  async tool(command: readonly string[]): Promise<void> {
    const { exitCode, stdout, stderr } = await this.deps.engine.exec(this.deps.containerId, command);
    if (exitCode !== 0) throw new Error(`${command[0]} failed: ${(stderr || stdout).trim()}`);
  }
}

/** Where a dump is kept, as PostgreSQL's tools see it. */
export function dumpFile(dumpId: string): string {
  return `${DUMP_FOLDER}/${dumpId}.dump`;
}

export interface ServerOrder {
  readonly role: string;
  readonly image: string;
  readonly network: EngineNetwork;
  readonly password: string;
  /** Most connections, those kept back for administrators included. */
  readonly connectionLimit: number;
  /** The volume of dumps that all servers of the stack share. */
  readonly dumps: string;
}

/** Starts the container of a database server; returns its id and its address on the network. */
export async function startServerContainer(
  engine: ContainerEngine,
  order: ServerOrder,
): Promise<{ readonly containerId: string; readonly address: string }> {
  const [started] = await engine.start([
    {
      role: order.role,
      image: order.image,
      networks: [{ network: order.network, aliases: [DATABASE_HOST] }],
      env: {
        POSTGRES_PASSWORD: order.password,
        MAX_CONNECTIONS: String(order.connectionLimit + FOR_HARNESS),
        RESERVED_CONNECTIONS: String(RESERVED + FOR_HARNESS),
      },
      scratch: { [DATA_FOLDER]: 'size=256m,mode=1777' },
      volumes: { [DUMP_FOLDER]: order.dumps },
      memoryBytes: MEMORY_BYTES,
      readyLog: /ready to accept connections/,
    },
  ]);
  return {
    containerId: started?.id ?? '',
    address: started?.addresses.get(order.network.name) ?? '',
  };
}
