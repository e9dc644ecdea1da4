import { expect, test } from 'vitest';
import type { ScheduleEvent } from './events.ts';
import { broughtNoAnswer } from './events.ts';
import { FakeMachine, testDay } from './testing/fake-machine.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-03-10T09:00Z');

/** `due 10, begun 10`: types and due times in minutes after the start. */
function told(events: readonly ScheduleEvent[]): string[] {
  return events.flatMap(event => {
    if (event.type === 'scheduled' || event.type === 'due') return [];
    if (event.type === 'missed') return [`missed ${event.dueTimes.length}`];
    const why = 'because' in event ? ` ${event.because}` : 'outcome' in event ? ` ${event.outcome}` : '';
    return [`${event.type} ${(event.dueMs - START) / MINUTE}${why}`];
  });
}

/** Looks once a minute while runs take what they take. */
async function live(schedule: Record<string, unknown>, runMinutes: number, minutes: number) {
  const machine = new FakeMachine(START);
  machine.takesMs = () => runMinutes * MINUTE;
  const keeper = machine.keeper(testDay(schedule));
  for (let minute = 0; minute <= minutes; minute++) {
    await machine.passTo(START + minute * MINUTE);
    keeper.look();
  }
  return machine;
}

test('overlap forbid skips what is due while the one before runs', async () => {
  const machine = await live({ cron: '*/10 * * * *' }, 15, 31);
  expect(told(machine.events)).toEqual(['begun 10', 'skipped 20 overlap', 'ended 10 held', 'begun 30']);
  expect(machine.mostAtOnce).toBe(1);
});

test('overlap queue begins it when the one before has ended, one after the other', async () => {
  const machine = await live({ cron: '*/10 * * * *', overlap: 'queue' }, 15, 41);
  expect(told(machine.events)).toEqual([
    ...['begun 10', 'held 20', 'ended 10 held', 'begun 20', 'held 30'],
    ...['ended 20 held', 'begun 30', 'held 40'],
  ]);
  expect(machine.mostAtOnce).toBe(1);
});

test('overlap replace ends the one before and keeps the newest of those that wait', async () => {
  const machine = await live({ cron: '*/10 * * * *', overlap: 'replace' }, 15, 21);
  expect(told(machine.events)).toEqual([
    ...['begun 10', 'stopping 10 replaced', 'held 20', 'ended 10 replaced', 'begun 20'],
  ]);
  expect(machine.mostAtOnce).toBe(1);
});

test('the queue is bounded', async () => {
  const machine = await live({ cron: '* * * * *', overlap: 'queue' }, 600, 14);
  expect(told(machine.events).filter(line => line.startsWith('held'))).toHaveLength(10);
  expect(told(machine.events).at(-1)).toBe('skipped 14 queue-full');
});

test('a run is ended when its time is used up, and the next one begins in a folder of its own', async () => {
  const machine = await live({ cron: '*/30 * * * *', timeLimit: '10m' }, 25, 61);
  expect(told(machine.events)).toEqual([
    ...['begun 30', 'stopping 30 time-limit', 'ended 30 time-limit', 'begun 60'],
  ]);
});

test('a process that dies is gone on with after a while, and given up after five times', async () => {
  const machine = new FakeMachine(START);
  machine.takesMs = () => 300 * MINUTE;
  const keeper = machine.keeper(testDay({ cron: '10 9 * * *' }));
  for (let minute = 0; minute <= 200; minute++) {
    await machine.passTo(START + minute * MINUTE);
    for (const { process } of machine.runs.values()) {
      if (process !== null && machine.nowMs > process.doneMs - 299 * MINUTE) {
        const [run] = [...machine.runs.values()];
        if (run !== undefined) Object.assign(run, { process: null });
        process.end(null);
      }
    }
    await Promise.resolve();
    keeper.look();
  }
  const lines = told(machine.events);
  expect(lines.filter(line => line === 'paused 10 trouble')).toHaveLength(4);
  expect(lines.at(-1)).toBe('ended 10 crashed');
});

test('a changed schedule counts from when it was noticed', async () => {
  const machine = new FakeMachine(START);
  const keeper = machine.keeper(testDay({ cron: '0 12 * * *' }));
  keeper.look();
  await machine.passTo(START + 30 * MINUTE);
  keeper.schedule = testDay({ cron: '20 * * * *' }).schedule;
  keeper.look();
  expect(told(machine.events)).toEqual([]);
  await machine.passTo(START + 80 * MINUTE);
  keeper.look();
  expect(told(machine.events)).toEqual(['begun 80']);
});

test('a clock that is set back repeats nothing, and that is told', async () => {
  const machine = new FakeMachine(START);
  const keeper = machine.keeper(testDay({ cron: '*/10 * * * *' }));
  for (const minute of [0, 10, 15, 2, 10, 12]) {
    await machine.passTo(START + minute * MINUTE);
    keeper.look();
  }
  expect(told(machine.events)).toEqual(['begun 10', 'ended 10 held']);
  expect(machine.notes.filter(({ type }) => type === 'clock-behind')).toHaveLength(1);
});

test('nothing is begun while it cannot be written down', async () => {
  const machine = new FakeMachine(START);
  const keeper = machine.keeper(testDay({ cron: '*/10 * * * *' }));
  keeper.look();
  machine.writesLeft = 0;
  await machine.passTo(START + 10 * MINUTE);
  keeper.look();
  expect(machine.runs.size).toBe(0);
  expect(machine.notes.at(-1)).toMatchObject({ type: 'failed', message: 'no space left' });
  machine.writesLeft = Number.POSITIVE_INFINITY;
  await machine.passTo(START + 10.5 * MINUTE);
  keeper.look();
  expect(told(machine.events)).toEqual(['begun 10']);
});

test('what brought no answer is told apart from what did', () => {
  const about = { atMs: 1, dueMs: 0 };
  expect(broughtNoAnswer({ ...about, type: 'skipped', because: 'overlap' })).toBe(true);
  expect(broughtNoAnswer({ ...about, type: 'ended', outcome: 'crashed' })).toBe(true);
  expect(broughtNoAnswer({ ...about, type: 'ended', outcome: 'weakness' })).toBe(false);
  const missed = { atMs: 1, type: 'missed', dueTimes: [0], isAtLeast: false } as const;
  expect(broughtNoAnswer({ ...missed, madeUpMs: null })).toBe(true);
  expect(broughtNoAnswer({ ...missed, madeUpMs: 1 })).toBe(false);
});
