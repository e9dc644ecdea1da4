import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Cancel, Clock } from '../../kernel/clock.ts';
import type { SqlRows } from '../sql-connection.ts';

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
}

/** A whole database's content: what a dump keeps. */
export interface DatabaseCopy {
  readonly schema: readonly string[];
  readonly tables: readonly { readonly name: string; readonly rows: readonly Record<string, unknown>[] }[];
}

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

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Runs one statement on behalf of `owner`, a connection; waits while another connection's transaction holds the database. */
  async run(owner: object, sql: string, parameters: readonly unknown[]): Promise<SqlRows> {
    while (this.holder !== null && this.holder !== owner) await this.waitForTurn();
    return this.runNow(sql, parameters);
  }

  /** Runs one statement at once, past every transaction: for the oracle and for dumps. */
  runNow(sql: string, parameters: readonly unknown[]): SqlRows {
    const { statement, returnsRows } = this.prepare(sql);
    const values = parameters.map(toSqlite);
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
    this.holder = null;
    for (const wake of this.waiting.splice(0)) wake();
  }

  copy(): DatabaseCopy {
    const master = this.runNow(
      "select name, sql, type from sqlite_master where sql is not null and name not like 'sqlite_%' order by rowid",
      [],
    ).rows;
    const tables = master
      .filter(entry => entry.type === 'table')
      .map(entry => ({
        name: String(entry.name),
        rows: this.runNow(`select * from "${entry.name}"`, []).rows,
      }));
    return { schema: master.map(entry => String(entry.sql)), tables };
  }

  /** Replaces everything by the copy's content. */
  replaceWith(copy: DatabaseCopy): void {
    this.prepared.clear();
    for (const { name, type } of this.runNow(
      "select name, type from sqlite_master where sql is not null and name not like 'sqlite_%'",
      [],
    ).rows) {
      if (type === 'table') this.sqlite.exec(`drop table if exists "${name}"`);
    }
    this.prepared.clear();
    for (const statement of copy.schema) this.sqlite.exec(statement);
    this.sqlite.exec('begin');
    for (const table of copy.tables) this.fill(table.name, table.rows);
    this.sqlite.exec('commit');
  }

  close(): void {
    this.prepared.clear();
    this.sqlite.close();
    for (const wake of this.waiting.splice(0)) wake();
  }

  private fill(table: string, rows: readonly Record<string, unknown>[]): void {
    const first = rows[0];
    if (first === undefined) return;
    const columns = Object.keys(first);
    const insert = this.sqlite.prepare(
      `insert into "${table}" (${columns.map(column => `"${column}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    );
    for (const row of rows) insert.run(...columns.map(column => toSqlite(row[column])));
  }

  private prepare(sql: string): Prepared {
    let prepared = this.prepared.get(sql);
    if (prepared === undefined) {
      const statement = this.sqlite.prepare(sql);
      prepared = { statement, returnsRows: statement.columns().length > 0 };
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
