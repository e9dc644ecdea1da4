import type { Duplex } from 'node:stream';
import pg from 'pg';
import type { SqlConnection, SqlRows } from '../sql-connection.ts';
import { parserOf } from './parsers.ts';

export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Acts as this role from the start: what is made then belongs to it. */
  readonly actAs?: string;
  /** A way to the server that is open already; left out, the address is dialled. */
  readonly tunnel?: Duplex;
}

/** Longest wait for a server that does not answer. */
const CONNECT_LIMIT_MS = 10_000;

/** Opens one connection. Rejects with the server's own words when it refuses, as with too many clients (53300). */
export async function openPostgres(address: PostgresAddress): Promise<PostgresConnection> {
  const { tunnel, actAs } = address;
  const client = new pg.Client({
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    password: address.password,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    types: { getTypeParser: parserOf },
    ...(actAs === undefined ? {} : { options: `-c role=${actAs}` }),
    ...(tunnel === undefined ? {} : { stream: () => openAlready(tunnel) }),
  });
  const connection = new PostgresConnection(client);
  await client.connect();
  return connection;
}

/** One connection to PostgreSQL. It is lost when the server ends it. */
export class PostgresConnection implements SqlConnection {
  private readonly client: pg.Client;
  private lost = false;

  constructor(client: pg.Client) {
    this.client = client;
    const lose = (): void => {
      this.lost = true;
    };
    // An error that belongs to no query: the server went away.
    client.on('error', lose);
    client.on('end', lose);
  }

  get isLost(): boolean {
    return this.lost;
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<SqlRows> {
    // The extended protocol takes one statement at a time, as SQLite does.
    const query: pg.QueryConfig & { readonly queryMode: 'extended' } = {
      text: sql,
      values: [...parameters],
      queryMode: 'extended',
    };
    const { rows, rowCount, command } = await this.client.query<Record<string, unknown>>(query);
    return { rows, changed: command === 'SELECT' ? 0 : (rowCount ?? 0) };
  }

  async begin(): Promise<void> {
    await this.client.query('begin');
  }

  async commit(): Promise<void> {
    await this.client.query('commit');
  }

  async rollback(): Promise<void> {
    await this.client.query('rollback');
  }

  close(): void {
    this.lost = true;
    // Whether it goes politely or not, the server has the connection back.
    this.client.end().catch(() => undefined);
  }
}

/** The client wants to dial by itself; a tunnel has been dialled. */
function openAlready(tunnel: Duplex): Duplex {
  return Object.assign(tunnel, {
    connect: () => {
      process.nextTick(() => tunnel.emit('connect'));
      return tunnel;
    },
  });
}
