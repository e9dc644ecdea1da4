import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runToEnd, VirtualClock } from './virtual-clock.ts';

test('tasks run by time, and simultaneous ones in the order of their making', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 50 }), async times => {
      const clock = new VirtualClock();
      const ran: [number, number][] = [];
      for (const [index, atMs] of times.entries()) clock.at(atMs, () => ran.push([atMs, index]));
      await clock.run({ untilMs: 100, maxTasks: 1_000 });
      expect(ran).toEqual(
        times
          .map((atMs, index): [number, number] => [atMs, index])
          .sort((a, b) => a[0] - b[0] || a[1] - b[1]),
      );
    }),
  );
});

test('work that waits interleaves on virtual time, not on real time', async () => {
  const clock = new VirtualClock();
  const story: string[] = [];
  const walk = async (name: string, stepMs: number) => {
    for (let step = 1; step <= 2; step++) {
      await clock.sleep(stepMs);
      story.push(`${name}${step}@${clock.nowMs()}`);
    }
  };
  await runToEnd(clock, () => Promise.all([walk('slow', 10_000_000), walk('quick', 4_000_000)]));
  expect(story).toEqual(['quick1@4000000', 'quick2@8000000', 'slow1@10000000', 'slow2@20000000']);
});

test('a request through a chain of promises settles before time moves', async () => {
  const clock = new VirtualClock();
  const seen: number[] = [];
  clock.at(5, () => {
    void new Response(JSON.stringify({ a: 1 })).json().then(() => seen.push(clock.nowMs()));
  });
  clock.at(6, () => seen.push(-6));
  await clock.run({ untilMs: 10, maxTasks: 10 });
  expect(seen).toEqual([5, -6]);
});

test('a cancelled task does not run, and an aborted sleep rejects with its reason', async () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  clock.at(1, () => ran.push('cancelled'))();
  const controller = new AbortController();
  clock.at(2, () => controller.abort(new Error('enough')));
  await expect(runToEnd(clock, () => clock.sleep(100, controller.signal))).rejects.toThrow('enough');
  expect(ran).toEqual([]);
});

test('time stands still while somebody outside answers', async () => {
  const clock = new VirtualClock();
  const story: string[] = [];
  clock.at(1, () => {
    const outside = new Promise<string>(resolve => {
      setTimeout(() => resolve('answer'), 20);
    });
    void clock.waitOutside(outside).then(answer => story.push(`${answer}@${clock.nowMs()}`));
  });
  clock.at(2, () => story.push('later'));
  await clock.run({ untilMs: 10, maxTasks: 10 });
  expect(story).toEqual(['answer@1', 'later']);
});

test('a loop that feeds itself ends at the bound, by name', async () => {
  const clock = new VirtualClock();
  const again = () => clock.at(clock.nowMs(), again);
  again();
  expect(await clock.run({ untilMs: 10, maxTasks: 500 })).toBe('bound');
});

test('a failure in work beside the caller ends the loop with that failure', async () => {
  const clock = new VirtualClock();
  clock.spawn(async () => {
    await clock.sleep(5);
    throw new Error('beside');
  });
  await expect(clock.run({ untilMs: 10, maxTasks: 10 })).rejects.toThrow('beside');
});

test('work that waits for nothing that will come is a bug with a sentence', async () => {
  await expect(runToEnd(new VirtualClock(), () => new Promise(() => undefined))).rejects.toThrow(
    'could not finish the work: it still waits',
  );
});
