import fc from 'fast-check';
import { expect, test } from 'vitest';
import { downIntervals, durationOf, MINUTE_MS, type MinuteSeries } from './minutes.ts';

const HOURS = 4 * 60;
const RULE = { objective: 0.9, noiseFloorMs: 3 * MINUTE_MS, fromMs: 0, untilMs: HOURS * MINUTE_MS };

/** `f` all failed, `.` all fine, a space nobody came; one letter a minute. */
function series(pattern: string): MinuteSeries {
  const minutes = [...pattern].map(
    (letter, index) => [index, { attempts: 2, failures: letter === 'f' ? 2 : 0 }] as const,
  );
  return new Map(minutes.filter(([index]) => pattern[index] !== ' '));
}

function down(arm: string, calm = '.'.repeat(arm.length)) {
  const rule = { ...RULE, untilMs: arm.length * MINUTE_MS };
  return downIntervals(series(arm), series(calm), rule).map(({ fromMs, toMs }) => [
    fromMs / MINUTE_MS,
    toMs / MINUTE_MS,
  ]);
}

test('a run of minutes below the objective is one interval', () => {
  expect(down('...fffff...')).toEqual([[3, 8]]);
});

test('good minutes between two bad stretches do not end the outage until there are ten of them', () => {
  expect(down(`ffff${'.'.repeat(9)}ffff`)).toEqual([[0, 17]]);
  expect(down(`ffff${'.'.repeat(10)}ffff`)).toEqual([
    [0, 4],
    [14, 18],
  ]);
});

test('intervals up to the noise floor do not count', () => {
  expect(down('...fff...')).toEqual([]);
});

test('minutes in which the calm arm did no better are no harm', () => {
  expect(down('..fffff..', '..fffff..')).toEqual([]);
});

test('minutes without visitors continue what was before them', () => {
  expect(down('.ff  ff   .', '.          ')).toEqual([[1, 10]]);
  expect(down('..     ....')).toEqual([]);
});

test('nobody answered where the calm arm had visitors is an outage, not a quiet hour', () => {
  expect(down(`..${' '.repeat(20)}..`)).toEqual([[2, 22]]);
  expect(down(' '.repeat(30))).toEqual([[0, 30]]);
  expect(down(' '.repeat(30), ' '.repeat(30))).toEqual([]);
});

test('one failed visit with nobody before or after is no outage', () => {
  const arm = new Map([[5, { attempts: 1, failures: 1 }]]);
  const calm = new Map([[5, { attempts: 1, failures: 0 }]]);
  expect(downIntervals(arm, calm, { ...RULE, untilMs: 30 * MINUTE_MS })).toEqual([]);
});

test('more failures never make an outage shorter', () => {
  const pattern = fc.array(fc.constantFrom('.', 'f'), { minLength: 30, maxLength: 120 });
  fc.assert(
    fc.property(pattern, fc.nat(), fc.nat(30), (minutes, start, length) => {
      const from = start % minutes.length;
      const worse = minutes.map((minute, index) => (index >= from && index < from + length ? 'f' : minute));
      const total = (letters: string[]) =>
        durationOf(downIntervals(series(letters.join('')), series('.'.repeat(letters.length)), RULE));
      expect(total(worse)).toBeGreaterThanOrEqual(total(minutes));
    }),
  );
});
