import fc from 'fast-check';
import { expect, test } from 'vitest';
import { containersAtOnce } from './containers-at-once.ts';

const GB = 1e9;

test.each([
  { cores: 2, memoryBytes: 24 * GB, starting: 1, living: 2 },
  { cores: 4, memoryBytes: 16 * GB, starting: 2, living: 4 },
  { cores: 8, memoryBytes: 8 * GB, starting: 2, living: 2 },
  { cores: 2, memoryBytes: 4 * GB, starting: 1, living: 1 },
])('an engine of $cores cores and $memoryBytes bytes has $living companies, $starting coming up', size => {
  const { starting, living } = size;
  expect(containersAtOnce(size)).toEqual({ starting, living });
});

test('there is always one, and with the one that goes they fit into the memory of the engine', () => {
  const size = fc.record({
    cores: fc.integer({ min: 1, max: 128 }),
    memoryBytes: fc.integer({ min: 1e9, max: 1e12 }),
  });
  fc.assert(
    fc.property(size, ({ cores, memoryBytes }) => {
      const { starting, living } = containersAtOnce({ cores, memoryBytes });
      expect(starting).toBeGreaterThanOrEqual(1);
      expect(living).toBeGreaterThanOrEqual(starting);
      if (living > 1) expect((living + 1) * 2e9).toBeLessThanOrEqual(memoryBytes);
    }),
  );
});
