import { DayKeeper, type KeeperPorts } from './day-keeper.ts';
import type { ScheduledDay } from './scheduled-day.ts';

export interface SchedulerOptions extends Omit<KeeperPorts, 'nudge'> {
  /** The game days as their files are now; asked before each look. The ids never change. */
  readonly days: () => Promise<readonly ScheduledDay[]>;
  /** Ends the scheduler: what runs is asked to end, and is gone on with when one is started again. */
  readonly signal: AbortSignal;
  /** Given a function that makes the scheduler look at once. */
  readonly onNudge?: (nudge: () => void) => void;
  /** Longest time between two looks: what cannot be waited for (a clock that is set, a lock, a file) is looked at, ms. */
  readonly mostMs: number;
}

/** Between two looks at what is being shut down, and how many, ms: longer than a runner takes to end a process. */
const SHUTDOWN_LOOK_MS = 500;
const MOST_SHUTDOWN_LOOKS = 360;

/** Runs game days when they are due, until `signal` aborts. Errors of files are thrown; those of the machine are told. */
export async function runScheduler(options: SchedulerOptions): Promise<void> {
  const { clock, days, signal, mostMs } = options;
  const sleeper = new Sleeper(options);
  options.onNudge?.(() => sleeper.nudge());
  const keepers = new Map<string, DayKeeper>();
  signal.addEventListener('abort', () => sleeper.nudge(), { once: true });
  try {
    while (!signal.aborted) {
      for (const day of await days()) {
        const keeper = keepers.get(day.id);
        if (keeper === undefined) {
          keepers.set(day.id, new DayKeeper(day, { ...options, nudge: () => sleeper.nudge() }));
        } else keeper.schedule = day.schedule;
      }
      if (signal.aborted) break;
      const times = [...keepers.values()].map(keeper => keeper.look() ?? Number.POSITIVE_INFINITY);
      const nowMs = clock.nowMs();
      options.tell({ type: 'looked', atMs: nowMs });
      await sleeper.sleep(Math.max(1, Math.min(mostMs, Math.min(...times) - nowMs)));
    }
  } finally {
    await shutDown([...keepers.values()], sleeper);
  }
}

async function shutDown(keepers: readonly DayKeeper[], sleeper: Sleeper): Promise<void> {
  for (const keeper of keepers) keeper.shutDown();
  for (let looks = 0; looks < MOST_SHUTDOWN_LOOKS; looks++) {
    for (const keeper of keepers) keeper.settleOnly();
    if (!keepers.some(keeper => keeper.isRunning)) break;
    await sleeper.sleep(SHUTDOWN_LOOK_MS);
  }
  for (const keeper of keepers) keeper.release();
}

/** Sleeps until it is nudged; a nudge while it is awake ends the next sleep at once, so that none is lost. */
class Sleeper {
  private readonly clock: SchedulerOptions['clock'];
  private waking = new AbortController();

  constructor({ clock }: Pick<SchedulerOptions, 'clock'>) {
    this.clock = clock;
  }

  nudge(): void {
    this.waking.abort();
  }

  async sleep(durationMs: number): Promise<void> {
    try {
      await this.clock.sleep(durationMs, this.waking.signal);
    } catch {
      // Woken early: whatever it was is found by looking.
    }
    if (this.waking.signal.aborted) this.waking = new AbortController();
  }
}
