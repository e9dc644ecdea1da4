import { expect, test } from 'vitest';
import { runToEnd, VirtualClock } from '../../kernel/virtual-clock.ts';
import { walkPaced } from './walk-paced.ts';
import type { Walked } from './walked.ts';

const WALKED = {} as Walked;

test('shoppers start at an even pace, no more at once than allowed, and all are waited for', async () => {
  const real = new VirtualClock();
  const starts: number[] = [];
  let onTheWay = 0;
  let most = 0;
  const walk = async () => {
    starts.push(real.nowMs());
    most = Math.max(most, ++onTheWay);
    await real.sleep(1_000);
    onTheWay--;
    return WALKED;
  };
  const pace = { real, overMs: 1_000, atOnce: 2, stopRequested: () => false };
  const walked = await runToEnd(real, () => walkPaced(Array(4).fill(walk), pace));
  expect(walked).toHaveLength(4);
  expect(most).toBe(2);
  expect(starts).toEqual([0, 250, 1_000, 1_250]);
});

test('a stop leaves those alone who are on their way, and nobody else starts', async () => {
  const real = new VirtualClock();
  let started = 0;
  const walk = async () => {
    started++;
    await real.sleep(600_000);
    return WALKED;
  };
  const pace = { real, overMs: 0, atOnce: 3, stopRequested: () => real.nowMs() >= 500 };
  expect(await runToEnd(real, () => walkPaced(Array(9).fill(walk), pace))).toEqual([]);
  expect(started).toBe(3);
  expect(real.nowMs()).toBeLessThan(1_000);
});

test('a walk that breaks off with an error of ours is not swallowed', async () => {
  const real = new VirtualClock();
  const walk = () => Promise.reject(new Error('a bug'));
  const pace = { real, overMs: 0, atOnce: 3, stopRequested: () => false };
  await expect(runToEnd(real, () => walkPaced([walk], pace))).rejects.toThrow('a bug');
});
