import { type Kysely, sql } from 'kysely';
import type { Build } from '../ports/stack.ts';

interface MigrationTable {
  schema_migrations: { name: string };
}

/** Runs the build's migrations that the database has not seen yet, in order, and remembers them in `schema_migrations`. */
export async function runMigrations(database: Kysely<unknown>, build: Build): Promise<void> {
  const db = database as Kysely<MigrationTable>;
  await sql`create table if not exists schema_migrations (name text primary key)`.execute(db);
  const done = new Set(
    (await db.selectFrom('schema_migrations').select('name').execute()).map(row => row.name),
  );
  for (const migration of build.definition.migrations) {
    if (done.has(migration.name)) continue;
    await migration.up(db);
    await db.insertInto('schema_migrations').values({ name: migration.name }).execute();
  }
}
