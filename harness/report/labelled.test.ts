import fc from 'fast-check';
import { expect, test } from 'vitest';
import { widthOf } from './columns.ts';
import { layOut } from './labelled.ts';

const WORDS = fc.array(fc.constantFrom('word', 'long-long-word', '漢字'), { minLength: 1, maxLength: 60 });
const PARTS = fc.array(
  fc.record({
    label: fc.constantFrom('Task', 'Did', 'Guarded'),
    text: WORDS.map(words => words.join(' ')),
    most: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 4, maxLength: 8 },
);

test('paragraphs keep to the room and the width, and none is lost', () => {
  fc.assert(
    fc.property(PARTS, fc.integer({ min: 8, max: 20 }), (parts, room) => {
      const lines = layOut(parts, room);
      expect(lines.length).toBeLessThanOrEqual(room);
      expect(Math.max(0, ...lines.map(widthOf))).toBeLessThanOrEqual(80);
      expect(lines.filter(line => /^ {2}\S/.test(line))).toHaveLength(parts.length);
    }),
  );
});

test('what was cut says so', () => {
  const [, second] = layOut([{ label: 'Task', text: 'one two three '.repeat(20), most: 2 }], 8);
  expect(second).toMatch(/…$/);
});
