import { getHeapStatistics } from 'node:v8';
import { expect, test } from 'vitest';
import { createHeapKeeper } from './bounded-heap.ts';

const usedMb = () => getHeapStatistics().used_heap_size / 2 ** 20;

/** Garbage that has lived long enough for a quick collection to leave it alone. */
function leaveGarbage(mb: number): void {
  const kept: unknown[] = [];
  for (let index = 0; index < mb * 8; index++)
    kept.push(Array.from({ length: 16_384 }, (_, at) => at + index));
  expect(kept).toHaveLength(mb * 8);
}

test('what an arm left behind is cleared before the next one, once it is a lot', () => {
  const keepSmall = createHeapKeeper();
  keepSmall();
  const beforeMb = usedMb();
  leaveGarbage(150);
  expect(usedMb()).toBeGreaterThan(beforeMb + 50);
  keepSmall();
  expect(usedMb()).toBeLessThan(beforeMb + 20);
});
