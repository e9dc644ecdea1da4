import { runToEnd, VirtualClock } from '../../../kernel/virtual-clock.ts';
import type { WallClock } from '../ports.ts';
import { runScheduler } from '../run-scheduler.ts';
import type { ScheduledDay } from '../scheduled-day.ts';
import type { FakeMachine } from './fake-machine.ts';

/** Runs a scheduler on the machine from its present time to `untilMs`, and then ends it as SIGTERM would. */
export async function runVirtual(
  machine: FakeMachine,
  days: readonly ScheduledDay[],
  untilMs: number,
): Promise<void> {
  const virtual = new VirtualClock();
  const startMs = machine.nowMs;
  const clock: WallClock = {
    nowMs: () => {
      machine.nowMs = startMs + virtual.nowMs();
      return machine.nowMs;
    },
    sleep: (durationMs, signal) => virtual.sleep(durationMs, signal),
  };
  const ending = new AbortController();
  virtual.at(untilMs - startMs, () => ending.abort());
  machine.onProcess = atMs => {
    virtual.at(atMs - startMs, () => virtual.spawn(() => machine.passTo(clock.nowMs())));
  };
  await runToEnd(virtual, () =>
    runScheduler({
      ...machine.ports(clock),
      days: () => Promise.resolve(days),
      signal: ending.signal,
      // Longer than a real scheduler's: a year of looks at nothing would only take time.
      mostMs: 3_600_000,
    }),
  );
  machine.nowMs = clock.nowMs();
}
