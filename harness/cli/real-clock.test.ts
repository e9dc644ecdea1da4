import { expect, test } from 'vitest';
import { createRealClock } from './real-clock.ts';

test('tasks run in the order of their times and never early; a cancelled one does not run', async () => {
  const clock = createRealClock();
  const ran: string[] = [];
  const late = new Promise<void>(resolve => {
    clock.at(40, () => {
      expect(clock.nowMs()).toBeGreaterThanOrEqual(40);
      ran.push('late');
      resolve();
    });
  });
  const cancel = clock.at(5, () => ran.push('cancelled'));
  clock.at(-5, () => ran.push('overdue'));
  cancel();
  await late;
  expect(ran).toEqual(['overdue', 'late']);
});

test('a sleep ends early when its signal says so, with the signal’s reason', async () => {
  const clock = createRealClock();
  const abort = new AbortController();
  const sleep = clock.sleep(3_600_000_000, abort.signal);
  abort.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
  await expect(clock.sleep(1, abort.signal)).rejects.toThrow('enough');
});
