import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NetworkTurns } from './network-turns.ts';

const NETWORKS = ['na', 'eu', 'street'];

test('whatever joins what, no two are at one network at once, all get their turn, first come, first served', async () => {
  const joins = fc.array(fc.uniqueArray(fc.constantFrom(...NETWORKS), { minLength: 1 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(joins, fc.scheduler(), async (all, scheduler) => {
      const turns = new NetworkTurns();
      const busy = new Set<string>();
      const ended: number[] = [];
      const tasks = all.map((networks, nth) =>
        turns.during(networks, async () => {
          for (const network of networks) {
            expect(busy.has(network)).toBe(false);
            busy.add(network);
          }
          await scheduler.schedule(Promise.resolve(), `join ${nth}`);
          for (const network of networks) busy.delete(network);
          ended.push(nth);
        }),
      );
      await scheduler.waitFor(Promise.all(tasks));
      for (const network of NETWORKS) {
        const onIt = ended.filter(nth => all[nth]?.includes(network));
        expect(onIt).toEqual([...onIt].sort((a, b) => a - b));
      }
      expect(ended).toHaveLength(all.length);
    }),
  );
});

test('different networks do not wait for one another', async () => {
  const turns = new NetworkTurns();
  await turns.take(['na']);
  expect(await turns.during(['eu'], async () => 'joined')).toBe('joined');
});

test('one that fails gives its turn to the next', async () => {
  const turns = new NetworkTurns();
  const failing = turns.during(['na'], () => Promise.reject(new Error('no such image')));
  const next = turns.during(['na'], async () => 'joined');
  await expect(failing).rejects.toThrow('no such image');
  expect(await next).toBe('joined');
});
