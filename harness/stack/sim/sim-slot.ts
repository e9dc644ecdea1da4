import { Kysely, sql } from 'kysely';
import type { Clock } from '../../kernel/clock.ts';
import type { Build, SlotSpec } from '../../ports/stack.ts';
import { sqliteDialect } from '../pooled-dialect.ts';
import type { SqlConnection } from '../sql-connection.ts';
import { MemoryDatabase } from './memory-database.ts';
import type { SeedCache } from './seed-cache.ts';
import type { SimInstance } from './sim-instance.ts';

/** A cell's home in the simulation: its database, when it has one, and its instances. */
export interface SimSlot {
  readonly spec: SlotSpec;
  readonly database: MemoryDatabase;
  readonly instances: SimInstance[];
}

export function createSimSlot(spec: SlotSpec, clock: Clock): SimSlot {
  return { spec, database: new MemoryDatabase(clock), instances: [] };
}

/** Gives a new slot's database its schema. */
export async function provision(slot: SimSlot, build: Build, seeds: SeedCache): Promise<void> {
  const known = seeds.migrated(build);
  if (known !== undefined) {
    slot.database.replaceWith(known);
    return;
  }
  await migrate(slot, build);
  seeds.keepMigrated(build, slot.database.copy());
}

interface MigrationTable {
  schema_migrations: { name: string };
}

/** Runs the migrations that the database has not seen yet. Not charged: the control plane charges what a change takes. */
export async function migrate(slot: SimSlot, build: Build): Promise<void> {
  const db = directDb(slot.database);
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

/** Fills the database. One that nobody has touched since it was migrated takes the copy of its like, if there is one. */
export async function seed(slot: SimSlot, build: Build, seeds: SeedCache): Promise<void> {
  const { database, spec } = slot;
  const isUntouched = database.copy() === seeds.migrated(build);
  const known = isUntouched ? seeds.seeded(build, spec.region) : undefined;
  if (known !== undefined) {
    database.replaceWith(known);
    return;
  }
  await build.definition.seed(directDb(database), spec.region);
  if (isUntouched) seeds.keepSeeded(build, spec.region, database.copy());
}

/** Kysely straight on the database, without pool, limit or latency. */
function directDb(database: MemoryDatabase): Kysely<MigrationTable> {
  const owner: SqlConnection = {
    run: async (statement, parameters) => database.runNow(statement, parameters),
    begin: async () => undefined,
    commit: async () => undefined,
    rollback: async () => undefined,
    close: () => undefined,
  };
  return new Kysely<MigrationTable>({
    dialect: sqliteDialect({ acquire: async () => owner, release: () => undefined }),
  });
}
