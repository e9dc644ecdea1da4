import type { Clock } from '../../kernel/clock.ts';
import type { Build, SlotSpec } from '../../ports/stack.ts';
import { runMigrations } from '../run-migrations.ts';
import type { ServiceInstance } from '../service-instance.ts';
import { directDb } from '../sqlite/direct-db.ts';
import { MemoryDatabase } from '../sqlite/memory-database.ts';
import type { SeedCache } from './seed-cache.ts';

/** A cell's home in the simulation: its database, when it has one, and its instances. */
export interface SimSlot {
  readonly spec: SlotSpec;
  readonly database: MemoryDatabase;
  readonly instances: ServiceInstance[];
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

/** Runs the migrations that the database has not seen yet. Not charged: the control plane charges what a change takes. */
export async function migrate(slot: SimSlot, build: Build): Promise<void> {
  await runMigrations(directDb(slot.database), build);
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
