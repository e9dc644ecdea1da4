import type { Clock } from '../../kernel/clock.ts';
import type { SqlConnection, SqlRows } from '../sql-connection.ts';
import type { MemoryDatabase } from './memory-database.ts';

/** Connections that PostgreSQL keeps back for its administrators (superuser_reserved_connections, default 3). */
const RESERVED_CONNECTIONS = 3;

/** The database server that a region's services share: connections are its scarce good. */
export class DatabaseServer {
  private readonly clock: Clock;
  private readonly connectionLimit: number;
  private readonly connectMs: () => number;
  private readonly queryMs: () => number;
  private connections = 0;

  constructor(deps: {
    clock: Clock;
    connectionLimit: number;
    connectMs: () => number;
    queryMs: () => number;
  }) {
    this.clock = deps.clock;
    this.connectionLimit = deps.connectionLimit;
    this.connectMs = deps.connectMs;
    this.queryMs = deps.queryMs;
  }

  get openConnections(): number {
    return this.connections;
  }

  /** Opens a connection; refused, as PostgreSQL does (SQLSTATE 53300), when the limit is reached. */
  async open(database: MemoryDatabase, as: 'service' | 'administrator'): Promise<SqlConnection> {
    const limit = as === 'administrator' ? this.connectionLimit : this.connectionLimit - RESERVED_CONNECTIONS;
    if (this.connections >= limit) throw new Error('sorry, too many clients already');
    this.connections++;
    await this.clock.sleep(this.connectMs());
    return new ServerConnection(this.clock, database, this.queryMs, () => {
      this.connections--;
    });
  }
}

class ServerConnection implements SqlConnection {
  private readonly clock: Clock;
  private readonly database: MemoryDatabase;
  private readonly queryMs: () => number;
  private readonly onClose: () => void;
  private inTransaction = false;
  private closed = false;

  constructor(clock: Clock, database: MemoryDatabase, queryMs: () => number, onClose: () => void) {
    this.clock = clock;
    this.database = database;
    this.queryMs = queryMs;
    this.onClose = onClose;
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<SqlRows> {
    await this.clock.sleep(this.queryMs());
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
