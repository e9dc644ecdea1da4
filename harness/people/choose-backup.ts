import type { BackupInfo } from '../ports/control-plane.ts';

/**
 * The id of the newest backup of the slot from before the damage: one taken since may hold the damage, or nothing.
 * When all are younger the oldest is the least damaged. `newest` when the slot has none to choose from.
 */
export function chooseBackup(backups: readonly BackupInfo[], slot: string, beforeMs: number | null): string {
  const own = backups.filter(backup => backup.slot === slot).toSorted((a, b) => a.takenAtMs - b.takenAtMs);
  const sound = own.findLast(({ takenAtMs }) => beforeMs === null || takenAtMs <= beforeMs);
  return (sound ?? own[0])?.id ?? 'newest';
}
