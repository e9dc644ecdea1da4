import { Kysely } from 'kysely';
import { sqliteDialect } from '../pooled-dialect.ts';
import type { SqlConnection } from '../sql-connection.ts';
import type { MemoryDatabase } from './memory-database.ts';

/** Kysely straight on the database, without pool, limit or latency: for migrations and first data. */
export function directDb(database: MemoryDatabase): Kysely<unknown> {
  const owner: SqlConnection = {
    run: async (statement, parameters) => database.runNow(statement, parameters),
    begin: async () => undefined,
    commit: async () => undefined,
    rollback: async () => undefined,
    close: () => undefined,
  };
  return new Kysely<unknown>({
    dialect: sqliteDialect({ acquire: async () => owner, release: () => undefined }),
  });
}
