import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDurationMs } from './duration.ts';

test('durations read as people write them', () => {
  expect(parseDurationMs('90s')).toBe(90_000);
  expect(parseDurationMs('5m30s')).toBe(330_000);
  expect(parseDurationMs('13h')).toBe(46_800_000);
  expect(parseDurationMs('1.5h')).toBe(5_400_000);
  for (const wrong of ['', '10', '5 m', '-3s', 'h', '3w']) expect(parseDurationMs(wrong)).toBeNull();
});

test('durations are written in at most two units', () => {
  expect(formatDuration(46_680_000)).toBe('12h58m');
  expect(formatDuration(270_000)).toBe('4m30s');
  expect(formatDuration(850)).toBe('850ms');
  expect(formatDuration(0)).toBe('0ms');
});

test('what was written reads back to within its last unit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 * 86_400_000 }), durationMs => {
      const back = parseDurationMs(formatDuration(durationMs)) as number;
      expect(Math.abs(back - durationMs)).toBeLessThanOrEqual(3_600_000);
      if (durationMs < 3_600_000) expect(Math.abs(back - durationMs)).toBeLessThanOrEqual(1_000);
    }),
  );
});
