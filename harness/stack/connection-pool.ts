import type { Cancel, Clock } from '../kernel/clock.ts';
import type { SqlConnection, SqlRows } from './sql-connection.ts';

export interface PoolOptions {
  /** Most connections open at once. */
  readonly max: number;
  /** An unused connection is closed after this time. */
  readonly idleTimeoutMs: number;
  /** Longest wait for a connection. */
  readonly acquireTimeoutMs: number;
  /** A connection older than this is closed when it comes back. */
  readonly maxLifetimeMs: number;
}

interface Pooled {
  readonly connection: SqlConnection;
  readonly openedAtMs: number;
  /** Since when it has been unused; null while it is in use. */
  idleSinceMs: number | null;
  /** The one timer that looks after it, however often it comes and goes. */
  cancelCheck: Cancel | null;
}

interface Waiter {
  readonly give: (connection: SqlConnection) => void;
  readonly fail: (error: Error) => void;
  readonly cancelTimeout: Cancel;
}

/** The pool of one service instance, on the world's clock, before either SQL dialect. */
export class ConnectionPool {
  private readonly clock: Clock;
  private readonly open: () => Promise<SqlConnection>;
  private readonly options: PoolOptions;
  private readonly idle: Pooled[] = [];
  private readonly busy = new Map<SqlConnection, Pooled>();
  private readonly waiting: Waiter[] = [];
  private opening = 0;
  private ended = false;

  constructor(clock: Clock, open: () => Promise<SqlConnection>, options: PoolOptions) {
    this.clock = clock;
    this.open = open;
    this.options = options;
  }

  /** Connections held open, in use or not. */
  get size(): number {
    return this.idle.length + this.busy.size + this.opening;
  }

  /** An idle connection, a new one, or the next that is released. Rejects when the server refuses or the wait is too long. */
  async acquire(): Promise<SqlConnection> {
    if (this.ended) throw new Error('the connection pool has ended');
    for (let idle = this.idle.pop(); idle !== undefined; idle = this.idle.pop()) {
      if (idle.connection.isLost !== true) return this.take(idle);
      idle.cancelCheck?.();
    }
    return this.size < this.options.max ? this.openOne() : this.wait();
  }

  release(connection: SqlConnection): void {
    const pooled = this.busy.get(connection);
    if (pooled === undefined) return;
    this.busy.delete(connection);
    const tooOld = this.clock.nowMs() - pooled.openedAtMs > this.options.maxLifetimeMs;
    if (this.ended || tooOld || connection.isLost === true) {
      pooled.cancelCheck?.();
      connection.close();
      this.openForNextWaiter();
      return;
    }
    const waiter = this.waiting.shift();
    if (waiter !== undefined) {
      waiter.cancelTimeout();
      waiter.give(this.take(pooled));
      return;
    }
    pooled.idleSinceMs = this.clock.nowMs();
    if (pooled.cancelCheck === null) this.checkAt(pooled, pooled.idleSinceMs + this.options.idleTimeoutMs);
    this.idle.push(pooled);
  }

  /** One statement over one of its connections. */
  async run(sql: string): Promise<SqlRows> {
    const connection = await this.acquire();
    try {
      return await connection.run(sql, []);
    } finally {
      this.release(connection);
    }
  }

  /** Closes every connection, also those in use: the process that held them is gone. */
  end(): void {
    this.ended = true;
    for (const waiter of this.waiting.splice(0)) {
      waiter.cancelTimeout();
      waiter.fail(new Error('the connection pool has ended'));
    }
    for (const pooled of this.idle.splice(0)) {
      pooled.cancelCheck?.();
      pooled.connection.close();
    }
    for (const { cancelCheck } of this.busy.values()) cancelCheck?.();
    for (const connection of this.busy.keys()) connection.close();
    this.busy.clear();
  }

  private take(pooled: Pooled): SqlConnection {
    pooled.idleSinceMs = null;
    this.busy.set(pooled.connection, pooled);
    return pooled.connection;
  }

  private async openOne(): Promise<SqlConnection> {
    this.opening++;
    let connection: SqlConnection;
    try {
      connection = await this.open();
    } finally {
      this.opening--;
    }
    if (this.ended) {
      connection.close();
      throw new Error('the connection pool has ended');
    }
    return this.take({ connection, openedAtMs: this.clock.nowMs(), idleSinceMs: null, cancelCheck: null });
  }

  private wait(): Promise<SqlConnection> {
    return new Promise((resolve, reject) => {
      const cancelTimeout = this.clock.at(this.clock.nowMs() + this.options.acquireTimeoutMs, () => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
        reject(
          new Error(
            `no database connection within ${this.options.acquireTimeoutMs} ms: all ${this.options.max} of the pool are in use`,
          ),
        );
      });
      const waiter: Waiter = { give: resolve, fail: reject, cancelTimeout };
      this.waiting.push(waiter);
    });
  }

  private openForNextWaiter(): void {
    const waiter = this.waiting.shift();
    if (waiter === undefined) return;
    waiter.cancelTimeout();
    this.openOne().then(waiter.give, waiter.fail);
  }

  private checkAt(pooled: Pooled, atMs: number): void {
    pooled.cancelCheck = this.clock.at(atMs, () => {
      pooled.cancelCheck = null;
      // In use just now: its next release sets the timer again.
      if (pooled.idleSinceMs === null) return;
      const dueMs = pooled.idleSinceMs + this.options.idleTimeoutMs;
      if (dueMs > this.clock.nowMs()) this.checkAt(pooled, dueMs);
      else this.closeIdle(pooled);
    });
  }

  private closeIdle(pooled: Pooled): void {
    const index = this.idle.indexOf(pooled);
    if (index === -1) return;
    this.idle.splice(index, 1);
    pooled.connection.close();
  }
}
