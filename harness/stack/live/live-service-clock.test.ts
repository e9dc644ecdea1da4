import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runToEnd, VirtualClock } from '../../kernel/virtual-clock.ts';
import { LiveServiceClock } from './live-service-clock.ts';

test('it goes on at real pace from where it was moved, and never back', async () => {
  const real = new VirtualClock();
  const clock = new LiveServiceClock(real, 500);
  await pass(real, 100);
  expect(clock.nowMs()).toBe(600);
  clock.moveTo(10_000);
  await pass(real, 100);
  expect(clock.nowMs()).toBe(10_100);
  clock.moveTo(9_000);
  expect(clock.nowMs()).toBe(10_100);
});

test('timers fire when real time or a move passes them, in their order, and not before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 12 }),
      fc.array(fc.oneof(fc.record({ pass: fc.nat(300) }), fc.record({ move: fc.nat(1_200) })), {
        maxLength: 8,
      }),
      async (dues, steps) => {
        const real = new VirtualClock();
        const clock = new LiveServiceClock(real);
        const fired: number[] = [];
        for (const dueMs of dues) {
          clock.at(dueMs, () => {
            expect(clock.nowMs()).toBeGreaterThanOrEqual(dueMs);
            fired.push(dueMs);
          });
        }
        for (const step of steps) {
          if ('move' in step) clock.moveTo(step.move);
          else await pass(real, step.pass);
          const due = dues.filter(dueMs => dueMs <= clock.nowMs()).sort((a, b) => a - b);
          // Those due at this very moment may still be a turn away.
          expect(fired).toEqual(due.slice(0, fired.length));
          expect(fired.length).toBeGreaterThanOrEqual(due.filter(dueMs => dueMs < clock.nowMs()).length);
        }
      },
    ),
  );
});

test('a timer that sets itself again at once does not hold the move up', async () => {
  const real = new VirtualClock();
  const clock = new LiveServiceClock(real);
  let turns = 0;
  const again = () => {
    turns++;
    if (turns < 1_000) clock.at(clock.nowMs(), again);
  };
  clock.at(5, again);
  clock.moveTo(60_000);
  expect(turns).toBe(1);
  await pass(real, 1);
  expect(turns).toBe(1_000);
});

test('what a timer throws is thrown by the next move, and the other timers fire', () => {
  const clock = new LiveServiceClock(new VirtualClock());
  let fired = 0;
  clock.at(5, () => {
    throw new Error('a bad guest');
  });
  clock.at(6, () => fired++);
  expect(() => clock.moveTo(10)).toThrow('a bad guest');
  expect(fired).toBe(1);
  clock.moveTo(20);
});

test('a closed clock fires nothing', async () => {
  const real = new VirtualClock();
  const clock = new LiveServiceClock(real);
  let fired = 0;
  clock.at(5, () => fired++);
  clock.close();
  clock.at(6, () => fired++);
  await pass(real, 100);
  expect(fired).toBe(0);
});

function pass(real: VirtualClock, durationMs: number): Promise<void> {
  return runToEnd(real, () => real.sleep(durationMs));
}
