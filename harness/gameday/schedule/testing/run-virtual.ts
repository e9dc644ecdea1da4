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
    nowMs: () => startMs + virtual.nowMs(),
    sleep: (durationMs, signal) => virtual.sleep(durationMs, signal),
  };
  const ending = new AbortController();
  virtual.at(untilMs - startMs, () => ending.abort());
  let isOver = false;
  const everySecond = () => {
    virtual.spawn(() => machine.passTo(clock.nowMs()));
    const busy = [...machine.runs.values()].some(({ process }) => process !== null);
    if (!isOver) virtual.at(virtual.nowMs() + (busy ? 1_000 : 20_000), everySecond);
  };
  everySecond();
  await runToEnd(virtual, async () => {
    await runScheduler({
      ...machine.ports(clock),
      days: () => Promise.resolve(days),
      signal: ending.signal,
      mostMs: 30_000,
    });
    isOver = true;
  });
}
