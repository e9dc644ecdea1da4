import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DuePattern, dueBetween, lastDue, nextDue } from './due-times.ts';
import { localTime } from './local-time.ts';

const at = (text: string) => Date.parse(text);
const iso = (times: readonly number[]) => times.map(time => `${new Date(time).toISOString().slice(0, 16)}Z`);

/** Due times of a span of UTC days, both included. */
function due(cron: string, timeZone: string, from: string, to: string): string[] {
  const span = { afterMs: at(`${from}T00:00Z`) - 1, untilMs: at(`${to}T23:59Z`), most: 500 };
  return iso(dueBetween({ cron, timeZone }, span));
}

test('a fixed time that the clock skips is due at the first minute after the gap, once', () => {
  expect(due('30 2 * * *', 'Europe/Berlin', '2026-03-28', '2026-03-30')).toEqual([
    '2026-03-28T01:30Z',
    '2026-03-29T01:00Z',
    '2026-03-30T00:30Z',
  ]);
  expect(due('30 2 * * *', 'America/New_York', '2026-03-07', '2026-03-09')).toEqual([
    '2026-03-07T07:30Z',
    '2026-03-08T07:00Z',
    '2026-03-09T06:30Z',
  ]);
  // Two fixed times that fall on the same minute after the gap are one.
  expect(due('0 2,3 * * *', 'Europe/Berlin', '2026-03-29', '2026-03-29')).toEqual(['2026-03-29T01:00Z']);
});

test('a fixed time that the clock repeats is due at the first of the two', () => {
  expect(due('30 2 * * *', 'Europe/Berlin', '2026-10-24', '2026-10-26')).toEqual([
    '2026-10-24T00:30Z',
    '2026-10-25T00:30Z',
    '2026-10-26T01:30Z',
  ]);
  expect(due('30 1 * * *', 'America/New_York', '2026-10-31', '2026-11-02')).toEqual([
    '2026-10-31T05:30Z',
    '2026-11-01T05:30Z',
    '2026-11-02T06:30Z',
  ]);
});

test('an interval leaves out what the clock skips, and comes twice where the clock repeats', () => {
  expect(due('*/30 2 * * *', 'Europe/Berlin', '2026-03-29', '2026-03-29')).toEqual([]);
  expect(due('*/30 2 * * *', 'Europe/Berlin', '2026-10-25', '2026-10-25')).toEqual([
    '2026-10-25T00:00Z',
    '2026-10-25T00:30Z',
    '2026-10-25T01:00Z',
    '2026-10-25T01:30Z',
  ]);
  // A local day of 23 and one of 25 hours.
  expect(due('0 * * * *', 'Europe/Berlin', '2026-03-28', '2026-03-29')).toHaveLength(48);
  expect(due('0 * * * *', 'Europe/Berlin', '2026-10-24', '2026-10-25')).toHaveLength(48);
});

test('ten in the morning stays ten in the morning through both changes', () => {
  const year = dueBetween(
    { cron: '0 10 * * TUE', timeZone: 'Europe/Berlin' },
    { afterMs: at('2026-01-01T00:00Z'), untilMs: at('2027-01-01T00:00Z'), most: 100 },
  );
  expect(year).toHaveLength(52);
  expect(new Set(year.map(time => localTime(time, 'Europe/Berlin').slice(0, 4)))).toEqual(new Set(['Tue ']));
  expect(new Set(year.map(time => localTime(time, 'Europe/Berlin').slice(15, 20)))).toEqual(
    new Set(['10:00']),
  );
});

test('a day that never comes is never due', () => {
  expect(nextDue({ cron: '0 10 30 2 *', timeZone: 'UTC' }, at('2026-01-01T00:00Z'))).toBeNull();
});

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
);
const aDay = fc.constantFrom(
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-07-14',
);

test('an interval is due at exactly those real minutes that the zone calls so', () => {
  const step = fc.constantFrom(5, 7, 15, 20, 30);
  const hours = fc.constantFrom('*', '0-3', '1,2', '*/2');
  fc.assert(
    fc.property(zone, aDay, step, hours, (timeZone, day, minutes, hour) => {
      const clock = clockOf(timeZone);
      const fromMs = at(`${day}T00:00Z`) - 12 * 3_600_000;
      const untilMs = fromMs + 48 * 3_600_000;
      const wanted: number[] = [];
      for (let time = fromMs + 60_000; time <= untilMs; time += 60_000) {
        const [hh = '', mm = ''] = clock(time).split(':');
        if (Number(mm) % minutes === 0 && hourMatches(hour, Number(hh))) wanted.push(time);
      }
      const pattern = { cron: `*/${minutes} ${hour} * * *`, timeZone };
      expect(iso(dueBetween(pattern, { afterMs: fromMs, untilMs, most: 5_000 }))).toEqual(iso(wanted));
    }),
    { numRuns: 40 },
  );
});

test('a fixed time is due once on every day of the zone, at that time or right after the gap', () => {
  fc.assert(
    fc.property(zone, fc.nat(23), fc.nat(59), (timeZone, hour, minute) => {
      const pattern: DuePattern = { cron: `${minute} ${hour} * * *`, timeZone };
      const span = { afterMs: at('2026-01-01T12:00Z'), untilMs: at('2027-01-01T12:00Z'), most: 500 };
      const found = dueBetween(pattern, span).map(time => localTime(time, timeZone));
      const days = found.map(text => text.slice(4, 14));
      expect(found.length).toBe(365);
      expect(new Set(days).size).toBe(found.length);
      const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
      expect(found.filter(text => text.slice(15, 20) !== time).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 40 },
  );
});

test('the last due time of a span is the last of those counted one by one', () => {
  const cron = fc.constantFrom('*/15 * * * *', '30 2 * * *', '0 10 * * TUE', '0 2,3 * * *');
  fc.assert(
    fc.property(zone, aDay, cron, fc.nat(3 * 1_440), (timeZone, day, pattern, minutes) => {
      const afterMs = at(`${day}T00:00Z`) - 86_400_000;
      const span = { afterMs, untilMs: afterMs + minutes * 60_000 };
      const all = dueBetween({ cron: pattern, timeZone }, { ...span, most: 5_000 });
      expect(lastDue({ cron: pattern, timeZone }, span)).toBe(all.at(-1) ?? null);
    }),
  );
});

/** The clocks of a zone as the runtime knows them: `02:30`. */
function clockOf(timeZone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' },
  });
  return atMs => format.format(atMs);
}

function hourMatches(hours: string, hour: number): boolean {
  if (hours === '*') return true;
  if (hours === '*/2') return hour % 2 === 0;
  return hours === '0-3' ? hour <= 3 : hour === 1 || hour === 2;
}
