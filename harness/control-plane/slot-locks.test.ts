import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runToEnd, VirtualClock } from '../kernel/virtual-clock.ts';
import { createSlotLocks } from './slot-locks.ts';

test('whatever slots changes want, no slot is ever held twice, and every change has its turn', async () => {
  const slots = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(fc.array(slots, { maxLength: 8 }), async wishes => {
      const clock = new VirtualClock();
      const locks = createSlotLocks();
      const held = new Set<string>();
      let done = 0;
      const change = async (wanted: readonly string[]) => {
        const release = await locks.acquire(wanted);
        for (const slot of wanted) {
          expect(held.has(slot)).toBe(false);
          held.add(slot);
        }
        await clock.sleep(10);
        for (const slot of wanted) held.delete(slot);
        release();
        done++;
      };
      await runToEnd(clock, () => Promise.all(wishes.map(change)));
      expect(done).toBe(wishes.length);
    }),
  );
});

test('a change that no longer wants to wait leaves the queue, and those behind it move up', async () => {
  const locks = createSlotLocks();
  const release = await locks.acquire(['a']);
  const impatient = new AbortController();
  const second = locks.acquire(['b', 'a'], impatient.signal);
  const third = locks.acquire(['a']);
  impatient.abort(new Error('never mind'));
  await expect(second).rejects.toThrow('never mind');
  release();
  (await third)();
  // What the second one held meanwhile is free again.
  (await locks.acquire(['b', 'a']))();
});
