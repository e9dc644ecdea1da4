import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Cancel, Clock } from '../../kernel/clock.ts';
import type { SqlRows } from '../sql-connection.ts';

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
  readonly mayChange: boolean;
}

/** A whole database, schema and rows, as SQLite writes it to a file: what a dump keeps. Never changed once taken. */
export type DatabaseCopy = Uint8Array;

/** Longest wait for another transaction to end, as SQLite's busy timeout. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * One SQLite database in memory. Logical connections share it, so a transaction that has written keeps the others out
 * until it ends: SQLite's one writer at a time, with readers waiting too.
 */
export class MemoryDatabase {
  private readonly clock: Clock;
  private readonly sqlite = new DatabaseSync(':memory:');
  private readonly prepared = new Map<string, Prepared>();
  private readonly waiting: (() => void)[] = [];
  private holder: object | null = null;
  private changes = 0;
  private lastCopy: { readonly copy: DatabaseCopy; readonly version: number } | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Grows with whatever may have changed the content. */
  get version(): number {
    return this.changes;
  }

  /** Runs one statement on behalf of `owner`, a connection; waits while another connection's transaction holds the database. */
  async run(owner: object, sql: string, parameters: readonly unknown[]): Promise<SqlRows> {
    while (this.holder !== null && this.holder !== owner) await this.waitForTurn();
    return this.runNow(sql, parameters);
  }

  /** Runs one statement at once, past every transaction: for the oracle and for dumps. */
  runNow(sql: string, parameters: readonly unknown[]): SqlRows {
    const { statement, returnsRows, mayChange } = this.prepare(sql);
    const values = parameters.map(toSqlite);
    if (mayChange) this.changes++;
    if (returnsRows) return { rows: statement.all(...values) as Record<string, unknown>[], changed: 0 };
    return { rows: [], changed: Number(statement.run(...values).changes) };
  }

  /** Opens a transaction for the owner at its first write. */
  async hold(owner: object): Promise<void> {
    if (this.holder === owner) return;
    while (this.holder !== null) await this.waitForTurn();
    this.holder = owner;
    this.sqlite.exec('begin');
  }

  /** Ends the owner's transaction, if it holds one. */
  letGo(owner: object, how: 'commit' | 'rollback'): void {
    if (this.holder !== owner) return;
    this.sqlite.exec(how);
    this.changes++;
    this.holder = null;
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** What is committed. Unchanged databases give the same copy again, so that daily backups of still data cost nothing. */
  copy(): DatabaseCopy {
    if (this.lastCopy?.version !== this.changes) {
      this.lastCopy = { copy: this.sqlite.serialize(), version: this.changes };
    }
    return this.lastCopy.copy;
  }

  /** Replaces everything by the copy's content. A transaction that is open loses what it wrote, as when a server restarts. */
  replaceWith(copy: DatabaseCopy): void {
    if (this.holder !== null) this.letGo(this.holder, 'rollback');
    this.prepared.clear();
    this.sqlite.deserialize(copy);
    this.lastCopy = { copy, version: ++this.changes };
  }

  close(): void {
    this.prepared.clear();
    this.sqlite.close();
    for (const wake of this.waiting.splice(0)) wake();
  }

  private prepare(sql: string): Prepared {
    let prepared = this.prepared.get(sql);
    if (prepared === undefined) {
      const statement = this.sqlite.prepare(sql);
      prepared = {
        statement,
        returnsRows: statement.columns().length > 0,
        mayChange: !/^\s*select\b/i.test(sql),
      };
      this.prepared.set(sql, prepared);
    }
    return prepared;
  }

  private waitForTurn(): Promise<void> {
    return new Promise((resolve, reject) => {
      let cancel: Cancel = () => undefined;
      const wake = () => {
        cancel();
        resolve();
      };
      cancel = this.clock.at(this.clock.nowMs() + BUSY_TIMEOUT_MS, () => {
        this.waiting.splice(this.waiting.indexOf(wake), 1);
        reject(new Error('database is locked'));
      });
      this.waiting.push(wake);
    });
  }
}

function toSqlite(value: unknown): SQLInputValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value as SQLInputValue;
}
