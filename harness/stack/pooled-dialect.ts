import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqlConnection } from './sql-connection.ts';

/** Where a dialect gets its connections: a pool, or a single connection of the harness's own. */
export interface ConnectionSource {
  acquire(): Promise<SqlConnection>;
  release(connection: SqlConnection): void;
}

/** Kysely over any source of SQLite connections. */
export function sqliteDialect(source: ConnectionSource): Dialect {
  return {
    createDriver: () => new PooledDriver(source),
    createQueryCompiler: (): QueryCompiler => new SqliteQueryCompiler(),
    createAdapter: (): DialectAdapter => new PooledSqliteAdapter(),
    createIntrospector: db => new SqliteIntrospector(db),
  };
}

/** Kysely's own adapter lets one connection work at a time; behind a pool there are many. */
class PooledSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Hands kysely's calls on to our own connections, whichever engine is behind them. */
export class PooledDriver implements Driver {
  private readonly source: ConnectionSource;
  private readonly wrappers = new WeakMap<SqlConnection, PooledConnection>();

  constructor(source: ConnectionSource) {
    this.source = source;
  }

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await this.source.acquire();
    let wrapper = this.wrappers.get(connection);
    if (wrapper === undefined) {
      wrapper = new PooledConnection(connection);
      this.wrappers.set(connection, wrapper);
    }
    return wrapper;
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.source.release(own(connection));
  }

  beginTransaction(connection: DatabaseConnection): Promise<void> {
    return own(connection).begin();
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return own(connection).commit();
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return own(connection).rollback();
  }
}

class PooledConnection implements DatabaseConnection {
  readonly sql: SqlConnection;

  constructor(sql: SqlConnection) {
    this.sql = sql;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changed } = await this.sql.run(query.sql, query.parameters);
    return { rows: rows as Row[], numAffectedRows: BigInt(changed) };
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }
}

function own(connection: DatabaseConnection): SqlConnection {
  return (connection as PooledConnection).sql;
}
