import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type KeptGameDay, toRemove } from '../gameday/retention.ts';
import { messageOf } from '../kernel/errors.ts';
import type { GameDay } from '../scenario/game-day-schema.ts';
import { gameDayFolders } from './gameday-directory.ts';
import { lockFolder } from './gameday-lock.ts';
import type { GameDayManifest } from './gameday-manifest.ts';
import type { Output } from './output.ts';
import { nowText } from './wall-clock.ts';

/**
 * Removes the folders of a game day that its file no longer keeps, and returns their names. Only folders that hold a
 * manifest of this game day are looked at; one that cannot be removed is told and left.
 */
export function applyRetention(
  reports: string,
  { metadata, retention }: Pick<GameDay, 'metadata' | 'retention'>,
  { spare, output }: { readonly spare: string | null; readonly output: Output },
): string[] {
  const folders = gameDayFolders(reports, metadata.id).map(
    ({ directory, manifest }): KeptGameDay => ({
      name: basename(directory),
      startedMs: Date.parse(manifest.startedAt),
      outcome: outcomeOf(manifest),
      isInUse: spare === directory,
    }),
  );
  const removed: string[] = [];
  for (const name of toRemove(folders, retention, Date.parse(nowText()))) {
    const directory = join(reports, name);
    const lock = lockFolder(directory, nowText());
    if (lock === null) continue;
    try {
      rmSync(directory, { recursive: true, force: true });
      removed.push(name);
    } catch (error) {
      output.people(`could not remove ${directory}, which retention no longer keeps: ${messageOf(error)}\n`);
    } finally {
      lock.release();
    }
  }
  if (removed.length > 0) output.people(`removed by retention: ${removed.join(', ')}\n`);
  return removed;
}

function outcomeOf({ exit }: GameDayManifest): KeptGameDay['outcome'] {
  if (exit?.name === 'held') return 'good';
  return exit?.name === 'weakness' ? 'bad' : 'other';
}
