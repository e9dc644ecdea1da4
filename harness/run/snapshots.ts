import type { ActiveRun } from './active-run.ts';
import { isChange, type WatchedJournal } from './watched-journal.ts';

/** Most snapshots of one arm; a world that changes more often than that is still counted at its end. */
const MOST_SNAPSHOTS = 300;

/** Lets the oracle take stock after every change of the world, whoever made it. Changes of one moment share one snapshot. */
export function snapshotAfterChanges(journal: WatchedJournal, { context, oracle }: ActiveRun): void {
  let taken = 0;
  let isDue = false;
  journal.onEvent(event => {
    if (!isChange(event) || isDue || taken >= MOST_SNAPSHOTS) return;
    isDue = true;
    taken++;
    context.clock.at(context.clock.nowMs(), () => {
      isDue = false;
      context.clock.spawn(() => oracle.snapshot('after-effect'));
    });
  });
}
