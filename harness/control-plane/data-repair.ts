import type { SlotSpec } from '../ports/stack.ts';
import { EffectError } from './effect-error.ts';
import type { EffectRun } from './effect-run.ts';
import { deploymentOf } from './instances.ts';
import { withScratchDatabase } from './scratch.ts';
import { damagedRows, type Row, readRows, type WatchedTable, writeBack } from './watched-rows.ts';

export interface RepairOrder {
  readonly table: string;
  /** `newest`, or an id. */
  readonly backup: string;
}

export interface RepairResult {
  readonly slot: string;
  readonly table: string;
  readonly rows: number;
}

/** Restores the backup beside the live data, compares the watched columns, and writes damaged rows back. */
export async function repairData(run: EffectRun, slot: SlotSpec, order: RepairOrder): Promise<RepairResult> {
  const { company } = run;
  const { rowsPerSecond, modelledRowsPerRow } = company.context.world.dataRepair;
  const table = watchedTable(run, slot, order.table);
  const backup = await readBackup(run, slot, { table, which: order.backup });
  const damaged = async (): Promise<readonly Row[]> =>
    damagedRows(table, { backup, live: await readRows(company.stack, slot.slot, table) });
  const found = await damaged();
  const durationMs = Math.round(((found.length * modelledRowsPerRow) / rowsPerSecond) * 1_000);
  await run.charge('repair data', durationMs);
  // Looked at again: what was damaged while the repair ran is put right as well.
  const rows = await damaged();
  if (rows.length > 0) {
    run.changed();
    await writeBack(company.stack, slot.slot, { table, rows });
  }
  return { slot: slot.slot, table: order.table, rows: rows.length };
}

function watchedTable(run: EffectRun, { service }: SlotSpec, name: string): WatchedTable {
  const tables = run.company.context.world.watchedTables.filter(table => table.service === service);
  const table = tables.find(other => other.table === name);
  if (table !== undefined) return table;
  const legal = tables.length === 0 ? 'it has none' : tables.map(other => other.table).join(', ');
  throw new EffectError(`${name} is no watched table of ${service}; those are: ${legal}`);
}

async function readBackup(
  run: EffectRun,
  slot: SlotSpec,
  { table, which }: { readonly table: WatchedTable; readonly which: string },
): Promise<readonly Row[]> {
  const { company } = run;
  const backup = company.backups.wanted(slot.slot, which);
  const { build } = deploymentOf(company, slot.slot);
  return withScratchDatabase(company, { build, region: slot.region }, async scratch => {
    await company.stack.restore(scratch.slot, backup.dumpId);
    return readRows(company.stack, scratch.slot, table);
  });
}
