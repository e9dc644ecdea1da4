import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from './rng.ts';

test('the same seed gives the same draws, another seed others', () => {
  const draws = (seed: string) => {
    const rng = createRng(seed);
    return [rng.next(), rng.next(), rng.integer(1, 6), rng.keyed('a')];
  };
  expect(draws('1')).toEqual(draws('1'));
  expect(draws('1')).not.toEqual(draws('2'));
});

test('a new consumer of randomness does not shift the draws of another', () => {
  const alone = createRng('seed').fork('traffic');
  const root = createRng('seed');
  root.fork('newcomer').next();
  root.next();
  const beside = root.fork('traffic');
  expect([beside.next(), beside.next()]).toEqual([alone.next(), alone.next()]);
});

test('a keyed draw does not depend on what was drawn before', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(20), (key, before) => {
      const rng = createRng('seed');
      const first = rng.keyed(key);
      for (let draw = 0; draw < before; draw++) rng.next();
      expect(rng.keyed(key)).toBe(first);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(first).toBeLessThan(1);
    }),
  );
});

test('integers stay within their bounds, both included', () => {
  const rng = createRng('seed');
  const seen = new Set(Array.from({ length: 200 }, () => rng.integer(2, 4)));
  expect([...seen].sort()).toEqual([2, 3, 4]);
});
