import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { SqlResult } from '../../ports/stack.ts';

/** A copy of a database: its table definitions and their rows. */
export interface TablesCopy {
  readonly definitions: readonly string[];
  readonly rows: readonly { readonly table: string; readonly row: Readonly<Record<string, unknown>> }[];
}

/** A small SQLite database in memory, with what a stack does with one. */
export class TestTables {
  readonly db: Kysely<{ done_migrations: { name: string } }>;
  private readonly sqlite = new DatabaseSync(':memory:');

  constructor() {
    const prepare = (sql: string) => {
      const statement = this.sqlite.prepare(sql);
      type Values = Parameters<typeof statement.all>;
      return {
        reader: statement.columns().length > 0,
        all: (values: readonly unknown[]) => statement.all(...(values as Values)),
        run: (values: readonly unknown[]) => statement.run(...(values as Values)),
        iterate: (values: readonly unknown[]) => statement.iterate(...(values as Values)),
      };
    };
    this.db = new Kysely({ dialect: new SqliteDialect({ database: { prepare, close: () => undefined } }) });
    this.sqlite.exec('create table done_migrations (name text primary key)');
  }

  run(sql: string): SqlResult {
    const statement = this.sqlite.prepare(sql);
    if (statement.columns().length > 0) return { rows: statement.all(), changed: 0 };
    return { rows: [], changed: Number(statement.run().changes) };
  }

  copy(): TablesCopy {
    const tables = this.run("select name, sql from sqlite_master where type = 'table'").rows;
    return {
      definitions: tables.map(({ sql }) => String(sql)),
      rows: tables.flatMap(({ name }) =>
        this.run(`select * from "${name}"`).rows.map(row => ({ table: String(name), row: { ...row } })),
      ),
    };
  }

  replaceWith(copy: TablesCopy): void {
    for (const { name } of this.run("select name from sqlite_master where type = 'table'").rows) {
      this.sqlite.exec(`drop table "${name}"`);
    }
    for (const definition of copy.definitions) this.sqlite.exec(definition);
    for (const { table, row } of copy.rows) {
      const marks = Object.keys(row).map(() => '?');
      const insert = this.sqlite.prepare(`insert into "${table}" values (${marks.join(', ')})`);
      insert.run(...(Object.values(row) as (string | number | null)[]));
    }
  }
}
