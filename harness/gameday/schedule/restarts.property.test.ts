import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DayKeeper } from './day-keeper.ts';
import { dueBetween } from './due-times.ts';
import { FakeMachine, testDay } from './testing/fake-machine.ts';

const START = Date.parse('2026-03-28T20:00Z');
const MINUTE = 60_000;

/** What happens next: time passes, or the scheduler dies in one of the ways in which it can. */
const step = fc.record({
  minutes: fc.integer({ min: 0, max: 90 }),
  writes: fc.nat(4),
  what: fc.constantFrom(
    ...(['live', 'live', 'live', 'live', 'crash', 'crash-of-all', 'die-at-start', 'disk-full'] as const),
  ),
});

const schedule = fc.record({
  cron: fc.constantFrom('*/30 * * * *', '30 2 * * *', '0 * * * *', '*/7 * * * *'),
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC'),
  overlap: fc.constantFrom('forbid', 'queue', 'replace'),
  missed: fc.constantFrom('skip', 'run-once'),
  jitter: fc.constantFrom('0s', '10m'),
});

test('over any restarts no due time is lost, none is run twice, and no two runs go on at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      schedule,
      fc.array(step, { minLength: 5, maxLength: 60 }),
      fc.integer({ min: 1, max: 50 }),
      async (parts, steps, takes) => {
        const machine = new FakeMachine(START);
        machine.takesMs = () => takes * MINUTE;
        const day = testDay(parts);
        let keeper = machine.keeper(day);
        keeper.look();
        for (const { minutes, writes, what } of steps) {
          const untilMs = machine.nowMs + minutes * MINUTE;
          if (what === 'disk-full') machine.writesLeft = writes;
          if (what === 'live' || what === 'disk-full') await live(machine, keeper, untilMs);
          else await machine.passTo(untilMs);
          machine.diesAtStart = what === 'die-at-start';
          keeper.look();
          machine.writesLeft = Number.POSITIVE_INFINITY;
          machine.diesAtStart = false;
          if (what === 'live' || what === 'disk-full') continue;
          machine.crash({ withProcesses: what === 'crash-of-all' });
          keeper = machine.keeper(day);
          keeper.look();
        }
        const untilMs = machine.nowMs;
        await live(machine, keeper, untilMs + 12 * 60 * MINUTE);
        const allDue = dueBetween(day.schedule, { afterMs: START, untilMs, most: 5_000 });
        expect(tally(machine, allDue)).toEqual([]);
        expect(machine.mostAtOnce).toBeLessThanOrEqual(1);
        expect(machine.startedInVain).toBe(0);
      },
    ),
    { numRuns: 150 },
  );
}, 900_000);

/** Looks whenever the keeper or a process asks for it. */
async function live(machine: FakeMachine, keeper: DayKeeper, untilMs: number): Promise<void> {
  let wakeMs = keeper.look() ?? Number.POSITIVE_INFINITY;
  while (machine.nowMs < untilMs) {
    const nextMs = Math.min(wakeMs, machine.nextEndMs, machine.nowMs + 10 * MINUTE, untilMs);
    await machine.passTo(Math.max(nextMs, machine.nowMs + 1));
    wakeMs = keeper.look() ?? Number.POSITIVE_INFINITY;
  }
}

/** Every due time with more or less than one fate. */
function tally(machine: FakeMachine, allDue: readonly number[]): string[] {
  // Events are told after they are done; one whose teller died while doing it is known by what it left.
  const begun = new Map<number, number>();
  const fates = new Map<number, Set<string>>();
  const add = (dueMs: number, fate: string) => fates.set(dueMs, (fates.get(dueMs) ?? new Set()).add(fate));
  for (const event of machine.events) {
    if (event.type === 'begun') begun.set(event.dueMs, (begun.get(event.dueMs) ?? 0) + 1);
    if (event.type === 'begun' || event.type === 'ended' || event.type === 'resumed') add(event.dueMs, 'run');
    if (event.type === 'skipped') add(event.dueMs, 'skipped');
    if (event.type === 'missed') {
      for (const dueMs of event.madeUpMs !== null ? event.dueTimes.slice(0, -1) : event.dueTimes)
        add(dueMs, 'missed');
    }
  }
  const ended = machine.events.flatMap(event => (event.type === 'ended' ? [event.dueMs] : []));
  return [
    ...allDue.flatMap(dueMs =>
      fates.get(dueMs)?.size === 1
        ? []
        : [`${new Date(dueMs).toISOString()}: ${[...(fates.get(dueMs) ?? ['lost'])].join(' and ')}`],
    ),
    ...[...begun].flatMap(([dueMs, times]) =>
      times === 1 ? [] : [`${new Date(dueMs).toISOString()} begun ${times} times`],
    ),
    ...ended.flatMap((dueMs, place) => (ended.indexOf(dueMs) === place ? [] : [`${dueMs} ended twice`])),
    ...(machine.runs.size > allDue.length + 24 * 60 ? ['more folders than due times'] : []),
  ];
}
