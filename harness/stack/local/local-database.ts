import type { Kysely } from 'kysely';
import type { SqlResult } from '../../ports/stack.ts';
import type { DatabaseAccess } from '../live/instance-host.ts';
import type { SlotDatabase } from '../live/platform.ts';
import { sqliteDialect } from '../pooled-dialect.ts';
import type { DatabaseServer } from '../sqlite/database-server.ts';
import { directDb } from '../sqlite/direct-db.ts';
import type { DatabaseCopy, MemoryDatabase } from '../sqlite/memory-database.ts';

export interface LocalDatabaseDeps {
  readonly database: MemoryDatabase;
  readonly server: DatabaseServer;
  /** Copies of this and all other databases of the stack, by id. */
  readonly dumps: Map<string, DatabaseCopy>;
  readonly onDrop: () => void;
}

/** A slot's SQLite database in memory, behind the database server of its region. */
export class LocalDatabase implements SlotDatabase, DatabaseAccess {
  readonly direct: Kysely<unknown>;
  readonly dialect = sqliteDialect;
  private readonly deps: LocalDatabaseDeps;

  constructor(deps: LocalDatabaseDeps) {
    this.deps = deps;
    this.direct = directDb(deps.database);
  }

  open(): ReturnType<DatabaseServer['open']> {
    return this.deps.server.open(this.deps.database, 'service');
  }

  async sql(statement: string): Promise<SqlResult> {
    const connection = await this.deps.server.open(this.deps.database, 'administrator');
    try {
      return await connection.run(statement, []);
    } finally {
      connection.close();
    }
  }

  async observe(query: string): Promise<SqlResult['rows']> {
    return this.deps.database.runNow(query, []).rows;
  }

  async dump(): Promise<string> {
    const id = `dump-${this.deps.dumps.size + 1}`;
    this.deps.dumps.set(id, this.deps.database.copy());
    return id;
  }

  async restore(dumpId: string): Promise<void> {
    const dump = this.deps.dumps.get(dumpId);
    if (dump === undefined) throw new Error(`could not restore: there is no dump ${dumpId}`);
    this.deps.database.replaceWith(dump);
  }

  async drop(): Promise<void> {
    this.deps.database.close();
    this.deps.onDrop();
  }
}
