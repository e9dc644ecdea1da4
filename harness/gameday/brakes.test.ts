import { expect, test } from 'vitest';
import { brakeApplied } from './brakes.ts';
import { estimateLeftMs } from './estimate.ts';

const CALM = { elapsedMs: 0, diskFreeBytes: 1e9, armsFailed: 0, isStopFileThere: false };
const LIMITS = { wallTime: 1_000, diskFreeBelow: 1e6, armsFailed: 2 };

test.each([
  [{}, null, null],
  [{ elapsedMs: 999 }, null, null],
  [{ elapsedMs: 1_000 }, 'wall-time', 'inconclusive'],
  [{ diskFreeBytes: 1e6 }, null, null],
  [{ diskFreeBytes: 999_999 }, 'disk', 'environment'],
  [{ diskFreeBytes: null }, null, null],
  [{ armsFailed: 1 }, null, null],
  [{ armsFailed: 2 }, 'arms-failed', 'environment'],
  [{ isStopFileThere: true, armsFailed: 9, elapsedMs: 9_999 }, 'stop-file', 'interrupted'],
])('with %j the brake is %s', (facts, by, exit) => {
  const halt = brakeApplied(LIMITS, { ...CALM, ...facts });
  expect(halt === null ? null : halt.by).toBe(by);
  expect(halt?.exit ?? null).toBe(exit);
});

test('without limits only the stop file halts', () => {
  const facts = { ...CALM, elapsedMs: 1e9, diskFreeBytes: 0, armsFailed: 100 };
  expect(brakeApplied({}, facts)).toBeNull();
  expect(brakeApplied({}, { ...facts, isStopFileThere: true })?.by).toBe('stop-file');
});

test('the time left is that of what is left, by kind, shared among the workers', () => {
  const ended = [
    { kind: 'long calm', wallMs: 100 },
    { kind: 'long calm', wallMs: 200 },
    { kind: 'short calm', wallMs: 10 },
  ];
  expect(estimateLeftMs(ended, new Map([['long calm', 2]]), 1)).toBe(300);
  expect(estimateLeftMs(ended, new Map([['short calm', 4]]), 2)).toBe(20);
  // A kind that nobody has seen takes what the others took on the average.
  expect(estimateLeftMs(ended, new Map([['other', 1]]), 1)).toBeCloseTo(310 / 3);
  expect(estimateLeftMs([], new Map([['other', 1]]), 1)).toBeNull();
});
