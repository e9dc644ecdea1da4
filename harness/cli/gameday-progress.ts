import { estimateLeftMs, type TimedArm } from '../gameday/estimate.ts';
import { formatDuration } from '../kernel/duration.ts';
import type { OutlinedArm } from './arm-plans.ts';
import type { Output } from './output.ts';

export interface GameDayProgress {
  ended(arm: OutlinedArm, wallMs: number): void;
}

/** Says how many arms have ended and how long the others will take, twenty times at most. */
export function createGameDayProgress(
  arms: readonly OutlinedArm[],
  kept: number,
  { workers, output }: { readonly workers: number; readonly output: Output },
): GameDayProgress {
  const left = new Map<string, number>();
  for (const arm of arms) left.set(kindOf(arm), (left.get(kindOf(arm)) ?? 0) + 1);
  const timed: TimedArm[] = [];
  const total = arms.length + kept;
  let shownTwentieth = -1;
  const show = () => {
    const done = kept + timed.length;
    const twentieth = Math.floor((done / Math.max(1, total)) * 20);
    if (twentieth === shownTwentieth) return;
    shownTwentieth = twentieth;
    const leftMs = done === total ? null : estimateLeftMs(timed, left, workers);
    const time = leftMs === null ? '' : `, about ${formatDuration(Math.max(1_000, leftMs))} left`;
    output.progress(`game day: ${done} of ${total} arms ended${time}`);
  };
  show();
  return {
    ended: (arm, wallMs) => {
      const kind = kindOf(arm);
      left.set(kind, Math.max(0, (left.get(kind) ?? 0) - 1));
      timed.push({ kind, wallMs });
      show();
    },
  };
}

function kindOf({ scenario, arm }: OutlinedArm): string {
  return `${scenario ?? ''} ${arm}`;
}
