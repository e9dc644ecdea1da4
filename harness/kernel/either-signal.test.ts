import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { eitherSignal } from './either-signal.ts';
import { VirtualClock } from './virtual-clock.ts';

test('it aborts with the first that does, for the same reason', () => {
  const [one, two] = [new AbortController(), new AbortController()];
  const { signal } = eitherSignal([one.signal, two.signal]);
  expect(signal.aborted).toBe(false);
  two.abort('promoted');
  one.abort('interrupted');
  expect(signal.reason).toBe('promoted');
  expect(eitherSignal([new AbortController().signal, two.signal]).signal.reason).toBe('promoted');
});

test('released, it hears nothing any more', () => {
  const source = new AbortController();
  const { signal, release } = eitherSignal([source.signal]);
  release();
  source.abort();
  expect(signal.aborted).toBe(false);
});

test('a wait that a simulation leaves behind keeps nothing of it alive', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const left = (() => {
    const clock = new VirtualClock();
    const sources = [new AbortController(), new AbortController()];
    // What could still cut the wait is itself known to what was to come.
    clock.at(2_000, () => sources[0]?.abort());
    void clock.sleep(1_000, eitherSignal(sources.map(({ signal }) => signal)).signal);
    return new WeakRef(clock);
  })();
  for (let turn = 0; turn < 20 && left.deref() !== undefined; turn++) {
    await setImmediate();
    collect();
  }
  expect(left.deref()).toBeUndefined();
});
