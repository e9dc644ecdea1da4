import type { GameDay } from '../scenario/game-day-schema.ts';

/** One kept folder of a game day. */
export interface KeptGameDay {
  readonly name: string;
  /** When it was begun, ms since 1970. */
  readonly startedMs: number;
  /** `good`: it held. `bad`: a weakness was found. `other`: unfinished, inconclusive or ended by trouble. */
  readonly outcome: 'good' | 'bad' | 'other';
  /** Somebody is writing to it. */
  readonly isInUse: boolean;
}

/**
 * Names of the folders to remove, the oldest first: those beyond the newest `keep`, and those older than `maxAge`. Never
 * the last good and the last bad one, which everything later is compared with, and never one that is in use.
 */
export function toRemove(
  folders: readonly KeptGameDay[],
  retention: GameDay['retention'],
  nowMs: number,
): string[] {
  const newestFirst = [...folders].sort(
    (a, b) => b.startedMs - a.startedMs || (a.name < b.name ? 1 : a.name > b.name ? -1 : 0),
  );
  const last = (outcome: KeptGameDay['outcome']) =>
    newestFirst.find(folder => folder.outcome === outcome)?.name;
  const spared = new Set([last('good'), last('bad')]);
  const isOld = ({ startedMs }: KeptGameDay) =>
    retention.maxAge !== undefined && nowMs - startedMs > retention.maxAge;
  return newestFirst
    .filter((folder, place) => place >= retention.keep || isOld(folder))
    .filter(({ name, isInUse }) => !isInUse && !spared.has(name))
    .map(({ name }) => name)
    .reverse();
}
