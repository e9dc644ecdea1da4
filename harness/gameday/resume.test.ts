import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOf, planResume } from './resume.ts';

const key = fc.record({ run: fc.constantFrom('a', 'b'), file: fc.stringMatching(/^[x-z]{1,2}\.jsonl$/) });

test('an arm counts exactly when it was noted and its journal still is what was noted; all others are run', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { selector: keyOf, maxLength: 10 }),
      fc.array(fc.tuple(key, fc.constantFrom('d1', 'd2')), { maxLength: 12 }),
      fc.array(fc.tuple(key, fc.constantFrom('d1', 'd2')), { maxLength: 12 }),
      (planned, noted, onDisk) => {
        const disk = new Map(onDisk.map(([arm, digest]) => [keyOf(arm), digest]));
        const notes = noted.map(([arm, digest]) => ({ ...arm, digest, leftBehind: 0 }));
        const { kept, toRun } = planResume(planned, notes, arm => disk.get(keyOf(arm)) ?? null);
        for (const arm of planned) {
          const note = notes.findLast(each => keyOf(each) === keyOf(arm));
          const counts = note !== undefined && disk.get(keyOf(arm)) === note.digest;
          expect(kept.has(keyOf(arm))).toBe(counts);
          expect(toRun.includes(arm)).toBe(!counts);
        }
        expect(kept.size + toRun.length).toBe(planned.length);
      },
    ),
  );
});
