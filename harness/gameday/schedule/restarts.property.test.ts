import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueBetween } from './due-times.ts';
import { FakeMachine, testDay } from './testing/fake-machine.ts';

const START = Date.parse('2026-03-28T20:00Z');
const MINUTE = 60_000;

/** What happens next: time passes, or the scheduler dies in one of the ways in which it can. */
const step = fc.record({
  minutes: fc.integer({ min: 0, max: 90 }),
  then: fc.constantFrom(
    ...(['look', 'look', 'look', 'look', 'crash', 'crash-of-all', 'die-at-start', 'disk-full'] as const),
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
        const look = async () => {
          await machine.passTo(machine.nowMs);
          // Looks twice: what one look ends, the next one may follow up.
          keeper.look();
          keeper.look();
        };
        await look();
        for (const { minutes, then } of steps) {
          // A scheduler that lives looks when it said it would; one minute is close enough here.
          for (let minute = 0; minute < minutes; minute++) {
            await machine.passTo(machine.nowMs + MINUTE);
            if (then === 'look') keeper.look();
          }
          machine.isDiskFull = then === 'disk-full';
          machine.diesAtStart = then === 'die-at-start';
          await look();
          machine.isDiskFull = false;
          machine.diesAtStart = false;
          if (then !== 'look' && then !== 'disk-full') {
            machine.crash({ withProcesses: then === 'crash-of-all' });
            keeper = machine.keeper(day);
            await look();
          }
        }
        const untilMs = machine.nowMs;
        // The jitter of the last ones, and all that waits.
        for (let minute = 0; minute < 24 * 60; minute++) {
          await machine.passTo(machine.nowMs + MINUTE);
          keeper.look();
        }
        const allDue = dueBetween(day.schedule, { afterMs: START, untilMs, most: 5_000 });
        expect(tally(machine, allDue)).toEqual([]);
        expect(machine.mostAtOnce).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 150 },
  );
}, 300_000);

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
      for (const dueMs of allDue) {
        const isLast = event.isMadeUp && dueMs === event.lastMs;
        if (dueMs >= event.firstMs && dueMs <= event.lastMs && !isLast && !fates.has(dueMs))
          add(dueMs, 'missed');
      }
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
