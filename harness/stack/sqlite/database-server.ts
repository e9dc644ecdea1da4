import type { SqlConnection, SqlRows } from '../sql-connection.ts';
import type { MemoryDatabase } from './memory-database.ts';

/** Connections that PostgreSQL keeps back for its administrators (superuser_reserved_connections, default 3). */
const RESERVED_CONNECTIONS = 3;

export interface DatabaseServerDeps {
  readonly connectionLimit: number;
  /** What it takes to open a connection, and what each statement takes besides its own work. */
  readonly connecting: () => Promise<void>;
  readonly querying: () => Promise<void>;
}

/** The database server that a region's services share: connections are its scarce good. */
export class DatabaseServer {
  private readonly deps: DatabaseServerDeps;
  private connections = 0;

  constructor(deps: DatabaseServerDeps) {
    this.deps = deps;
  }

  get openConnections(): number {
    return this.connections;
  }

  /** Opens a connection; refused, as PostgreSQL does (SQLSTATE 53300), when the limit is reached. */
  async open(database: MemoryDatabase, as: 'service' | 'administrator'): Promise<SqlConnection> {
    const { connectionLimit, connecting, querying } = this.deps;
    const limit = as === 'administrator' ? connectionLimit : connectionLimit - RESERVED_CONNECTIONS;
    if (this.connections >= limit) throw new Error('sorry, too many clients already');
    this.connections++;
    await connecting();
    return new ServerConnection(database, querying, () => {
      this.connections--;
    });
  }
}

class ServerConnection implements SqlConnection {
  private readonly database: MemoryDatabase;
  private readonly querying: () => Promise<void>;
  private readonly onClose: () => void;
  private inTransaction = false;
  private closed = false;

  constructor(database: MemoryDatabase, querying: () => Promise<void>, onClose: () => void) {
    this.database = database;
    this.querying = querying;
    this.onClose = onClose;
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<SqlRows> {
    await this.querying();
    if (this.closed) throw new Error('the database connection was closed');
    if (this.inTransaction && !isRead(sql)) await this.database.hold(this);
    return this.database.run(this, sql, parameters);
  }

  async begin(): Promise<void> {
    this.inTransaction = true;
  }

  async commit(): Promise<void> {
    this.database.letGo(this, 'commit');
    this.inTransaction = false;
  }

  async rollback(): Promise<void> {
    this.database.letGo(this, 'rollback');
    this.inTransaction = false;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.database.letGo(this, 'rollback');
    this.onClose();
  }
}

function isRead(sql: string): boolean {
  return /^\s*(select|with)\b/i.test(sql);
}
