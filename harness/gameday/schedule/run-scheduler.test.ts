import { expect, test } from 'vitest';
import { dueBetween } from './due-times.ts';
import { FakeMachine, testDay } from './testing/fake-machine.ts';
import { runVirtual } from './testing/run-virtual.ts';

const at = (text: string) => Date.parse(text);
const iso = (time: number) => `${new Date(time).toISOString().slice(0, 16)}Z`;

/** Due times of the runs that were begun. */
const begun = (machine: FakeMachine) =>
  machine.events.flatMap(event => (event.type === 'begun' ? [iso(event.dueMs)] : []));

/** `daily('2026-03-28', 3, '09:00')`: three days at that time of UTC. */
function daily(from: string, days: number, time: string): string[] {
  return Array.from({ length: days }, (_, day) => iso(at(`${from}T${time}Z`) + day * 86_400_000));
}

test.each([
  [
    'Europe/Berlin',
    '2026-03-15',
    '2026-04-15',
    daily('2026-03-15', 14, '09:00'),
    daily('2026-03-29', 17, '08:00'),
  ],
  [
    'Europe/Berlin',
    '2026-10-10',
    '2026-11-10',
    daily('2026-10-10', 15, '08:00'),
    daily('2026-10-25', 16, '09:00'),
  ],
  [
    'America/New_York',
    '2026-02-22',
    '2026-03-22',
    daily('2026-02-22', 14, '15:00'),
    daily('2026-03-08', 14, '14:00'),
  ],
  [
    'America/New_York',
    '2026-10-18',
    '2026-11-18',
    daily('2026-10-18', 14, '14:00'),
    daily('2026-11-01', 17, '15:00'),
  ],
])(
  'a month in %s from %s runs each day at ten of its clocks, once, in a folder of its own',
  async (timeZone, from, to, before, after) => {
    const machine = new FakeMachine(at(`${from}T00:00Z`));
    await runVirtual(machine, [testDay({ cron: '0 10 * * *', timeZone })], at(`${to}T00:00Z`));
    expect(begun(machine)).toEqual([...before, ...after]);
    expect(machine.runs.size).toBe(before.length + after.length);
    expect(machine.events.filter(({ type }) => type === 'ended')).toHaveLength(machine.runs.size);
    expect(machine.events.filter(({ type }) => type === 'missed' || type === 'skipped')).toEqual([]);
  },
);

test.each([
  ['2026-03-29', ['2026-03-28T01:30Z', '2026-03-29T01:00Z', '2026-03-30T00:30Z']],
  ['2026-10-25', ['2026-10-24T00:30Z', '2026-10-25T00:30Z', '2026-10-26T01:30Z']],
])('half past two is run once in the night of the change, %s', async (night, wanted) => {
  const machine = new FakeMachine(at(`${night}T00:00Z`) - 86_400_000);
  const day = testDay({ cron: '30 2 * * *', timeZone: 'Europe/Berlin' });
  await runVirtual(machine, [day], machine.nowMs + 3 * 86_400_000);
  expect(begun(machine)).toEqual(wanted);
});

test.each([
  ['skip', ['2026-03-28T09:00Z', '2026-03-30T08:00Z', '2026-03-31T08:00Z']],
  ['run-once', ['2026-03-28T09:00Z', '2026-03-29T08:00Z', '2026-03-30T08:00Z', '2026-03-31T08:00Z']],
])('a scheduler that is down on the day of the change: %s', async (missed, wanted) => {
  const machine = new FakeMachine(at('2026-03-28T00:00Z'));
  const days = [testDay({ cron: '0 10 * * *', timeZone: 'Europe/Berlin', missed })];
  await runVirtual(machine, days, at('2026-03-28T20:00Z'));
  await machine.passTo(at('2026-03-29T20:00Z'));
  await runVirtual(machine, days, at('2026-04-01T00:00Z'));
  expect(begun(machine)).toEqual(wanted);
  expect(machine.events.filter(({ type }) => type === 'missed')).toMatchObject([
    { dueTimes: [at('2026-03-29T08:00Z')] },
  ]);
});

test('a month down at every minute is one run that makes up for it, and a count that says at least', async () => {
  const machine = new FakeMachine(at('2026-03-01T00:00Z'));
  const days = [testDay({ cron: '* * * * *', missed: 'run-once' })];
  await runVirtual(machine, days, at('2026-03-01T00:00:30Z'));
  await machine.passTo(at('2026-03-31T00:00:30Z'));
  machine.notes.length = 0;
  machine.takesMs = () => 10_000;
  await runVirtual(machine, days, at('2026-03-31T00:00:50Z'));
  expect(machine.events.map(({ type }) => type)).toEqual(['missed', 'due', 'begun', 'skipped', 'ended']);
  expect(machine.events[0]).toMatchObject({ isAtLeast: true, madeUpMs: expect.any(Number) });
});

test('ended by SIGTERM in the middle of a run, it goes on with the same run and repeats none', async () => {
  const machine = new FakeMachine(at('2026-03-10T09:00Z'));
  machine.takesMs = () => 3_600_000;
  const days = [testDay({ cron: '0 10 * * *' })];
  await runVirtual(machine, days, at('2026-03-10T10:20Z'));
  expect(machine.events.at(-1)).toMatchObject({ type: 'paused', because: 'shutdown' });
  expect(machine.claims.size).toBe(0);
  await machine.passTo(at('2026-03-10T15:00Z'));
  await runVirtual(machine, days, at('2026-03-11T09:00Z'));
  expect(machine.events.map(({ type }) => type)).toEqual([
    ...['scheduled', 'due', 'begun', 'stopping', 'paused', 'resumed', 'ended'],
  ]);
  expect([...machine.runs.keys()]).toEqual(['a-day-20260310-100000-due']);
  const ended = machine.events.at(-1);
  expect(ended).toMatchObject({
    type: 'ended',
    outcome: 'held',
    atMs: expect.closeTo(at('2026-03-10T15:40Z'), -5),
  });
});

test('of two schedulers on one folder one stands by, and takes over when the other ends', async () => {
  const machine = new FakeMachine(at('2026-03-10T09:00Z'));
  const day = testDay({ cron: '*/10 * * * *' });
  const first = machine.keeper(day);
  const second = machine.keeper(day);
  const lookAt = async (time: string) => {
    await machine.passTo(at(`2026-03-10T${time}Z`));
    first.look();
    second.look();
  };
  for (const time of ['09:00', '09:10', '09:12', '09:20', '09:22']) await lookAt(time);
  expect(begun(machine)).toEqual(['2026-03-10T09:10Z', '2026-03-10T09:20Z']);
  expect(machine.notes.filter(({ type }) => type === 'standby')).toHaveLength(1);
  first.release();
  await machine.passTo(at('2026-03-10T09:30Z'));
  second.look();
  expect(begun(machine)).toEqual(['2026-03-10T09:10Z', '2026-03-10T09:20Z', '2026-03-10T09:30Z']);
  expect(machine.notes.filter(({ type }) => type === 'claimed')).toHaveLength(2);
});

test('jitter spreads the beginnings and never changes what is due', async () => {
  const machine = new FakeMachine(at('2026-03-10T00:00Z'));
  const day = testDay({ cron: '0 * * * *', jitter: '20m' });
  const again = new FakeMachine(machine.nowMs);
  await runVirtual(machine, [day], at('2026-03-11T00:30Z'));
  await runVirtual(again, [day], at('2026-03-11T00:30Z'));
  const late = machine.events.flatMap(event => (event.type === 'begun' ? [event.atMs - event.dueMs] : []));
  const wanted = dueBetween(day.schedule, {
    afterMs: at('2026-03-10T00:00Z'),
    untilMs: at('2026-03-11T00:00Z'),
    most: 99,
  });
  expect(begun(machine)).toEqual(wanted.map(iso));
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...late)).toBeLessThanOrEqual(20 * 60_000 + 1_000);
  expect(new Set(late).size).toBeGreaterThan(20);
  expect(again.events).toEqual(machine.events);
});
