import { Kysely } from 'kysely';
import type { Clock } from '../../kernel/clock.ts';
import type { SqlResult } from '../../ports/stack.ts';
import { ConnectionPool } from '../connection-pool.ts';
import type { SlotDatabase } from '../live/platform.ts';
import { postgresDialect } from '../postgres/postgres-dialect.ts';
import { dumpFile, OWN_POOL, type RegionServer } from './region-server.ts';

export interface ContainerDatabaseDeps {
  readonly server: RegionServer;
  /** Of the database and of the role that owns it: letters and underscores. */
  readonly name: string;
  readonly password: string;
  readonly real: Clock;
  /** Ids of the dumps of all databases of the stack. */
  readonly dumps: Set<string>;
  readonly onDrop: () => void;
}

/** A slot's database in PostgreSQL, with a role of its own that may go nowhere else. */
export class ContainerDatabase implements SlotDatabase {
  readonly direct: Kysely<unknown>;
  private readonly deps: ContainerDatabaseDeps;
  private readonly owners: ConnectionPool;
  private readonly readers: ConnectionPool;

  constructor(deps: ContainerDatabaseDeps) {
    const { server, name, real } = deps;
    this.deps = deps;
    this.owners = new ConnectionPool(real, () => server.open('postgres', name, name), OWN_POOL);
    this.readers = new ConnectionPool(real, () => server.open('oracle', name), OWN_POOL);
    this.direct = new Kysely<unknown>({ dialect: postgresDialect(this.owners) });
  }

  /** Makes the role and the empty database. */
  async create(): Promise<void> {
    const { server, name, password } = this.deps;
    await server.statement(`create role ${name} login password '${password}'`);
    await server.statement(`create database ${name} owner ${name}`);
    await server.statement(`revoke connect, temporary on database ${name} from public`);
  }

  /** A connection of its own for each statement, as an administrator's console opens one. */
  async sql(statement: string): Promise<SqlResult> {
    const connection = await this.deps.server.open('postgres', this.deps.name, this.deps.name);
    try {
      return await connection.run(statement, []);
    } finally {
      connection.close();
    }
  }

  async observe(query: string): Promise<SqlResult['rows']> {
    return (await this.readers.run(query)).rows;
  }

  async dump(): Promise<string> {
    const { server, name, dumps } = this.deps;
    const id = `dump-${dumps.size + 1}`;
    dumps.add(id);
    await server.tool(['pg_dump', '--format=custom', `--file=${dumpFile(id)}`, name]);
    return id;
  }

  /** Transactions that are open lose what they wrote, as when a server restarts; other connections stay. */
  async restore(dumpId: string): Promise<void> {
    const { server, name, dumps } = this.deps;
    if (!dumps.has(dumpId)) throw new Error(`could not restore: there is no dump ${dumpId}`);
    await server.statement(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and usename = '${name}' and state <> 'idle'`,
    );
    await this.owners.run('drop schema public cascade');
    await this.owners.run(`create schema public authorization ${name}`);
    const how = [
      '--no-owner',
      '--no-privileges',
      `--role=${name}`,
      '--single-transaction',
      '--exit-on-error',
    ];
    await server.tool(['pg_restore', `--dbname=${name}`, ...how, dumpFile(dumpId)]);
  }

  async drop(): Promise<void> {
    const { server, name, onDrop } = this.deps;
    this.owners.end();
    this.readers.end();
    onDrop();
    await server.statement(`drop database ${name} with (force)`);
    await server.statement(`drop role ${name}`);
  }
}
