import type { BackupInfo } from '../ports/control-plane.ts';
import type { SlotId, StartedStack } from '../ports/stack.ts';
import type { World } from '../scenario/world-schema.ts';
import { EffectError } from './effect-error.ts';
import { serviceOf } from './scope.ts';
import { quoteName } from './sql-text.ts';

/** A backup with what only the control plane needs. */
export interface Backup extends BackupInfo {
  readonly dumpId: string;
  /** Rows per watched table when it was taken. */
  readonly rows: Readonly<Record<string, number>>;
  /** Taken by the schedule. Only those make room for one another, so that nobody can push good ones out. */
  readonly isAutomatic: boolean;
}

/** Automatic backups kept per slot. */
const KEPT_BACKUPS = 2;
/** Backups that people may take of one slot; they are kept until somebody deletes them. */
const MAX_MANUAL_BACKUPS = 10;

/** The company's backups: snapshots of a slot's data, kept apart from it. */
export interface Backups {
  take(slot: SlotId, options: { readonly isAutomatic: boolean }): Promise<Backup>;
  /** `newest`, or an id. Throws when there is none. */
  wanted(slot: SlotId, which: string): Backup;
  newest(slot: SlotId): Backup | undefined;
  /** Removes all of a slot's backups, or the one named; returns how many. */
  remove(slot: SlotId, which: string): number;
  list(): readonly BackupInfo[];
}

export interface BackupsDeps {
  readonly stack: StartedStack;
  readonly world: World;
  readonly nowMs: () => number;
  readonly newId: (prefix: string) => string;
}

export function createBackups({ stack, world, nowMs, newId }: BackupsDeps): Backups {
  const all: Backup[] = [];
  const newest = (slot: SlotId): Backup | undefined => all.findLast(backup => backup.slot === slot);
  return {
    newest,
    take: async (slot, { isAutomatic }) => {
      const own = all.filter(other => other.slot === slot && other.isAutomatic === isAutomatic);
      if (!isAutomatic && own.length >= MAX_MANUAL_BACKUPS) {
        throw new EffectError(`${slot} has ${own.length} backups taken by hand; delete one first`);
      }
      const takenAtMs = nowMs();
      const dumpId = await stack.dump(slot);
      const rows = await countRows(stack, world, slot);
      const sizeBytes = world.services[serviceOf(slot)]?.dataSize ?? 0;
      const backup = { id: newId('backup'), slot, takenAtMs, sizeBytes, dumpId, rows, isAutomatic };
      all.push(backup);
      if (isAutomatic) for (const old of own.slice(0, 1 - KEPT_BACKUPS)) all.splice(all.indexOf(old), 1);
      return backup;
    },
    wanted: (slot, which) => {
      const found =
        which === 'newest' ? newest(slot) : all.find(({ id, slot: of }) => id === which && of === slot);
      if (found === undefined) throw new EffectError(`there is no backup ${which} of ${slot}`);
      return found;
    },
    remove: (slot, which) => {
      const doomed = all.filter(({ id, slot: of }) => of === slot && (which === 'all' || id === which));
      for (const backup of doomed) all.splice(all.indexOf(backup), 1);
      return doomed.length;
    },
    list: () => all.map(({ id, slot, takenAtMs, sizeBytes }) => ({ id, slot, takenAtMs, sizeBytes })),
  };
}

/** Rows per watched table of the slot's service. A table that cannot be read is left out. */
export async function countRows(
  stack: StartedStack,
  world: World,
  slot: SlotId,
): Promise<Readonly<Record<string, number>>> {
  const rows: Record<string, number> = {};
  for (const { table } of world.watchedTables.filter(({ service }) => service === serviceOf(slot))) {
    try {
      const result = await stack.sql(slot, `select count(*) as n from ${quoteName(table)}`);
      rows[table] = Number(result.rows[0]?.n ?? 0);
    } catch {
      // A lost table shows as a missing count, which a validation takes for a fault.
    }
  }
  return rows;
}
