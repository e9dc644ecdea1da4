import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findTogether } from './find-together.ts';
import type { ProfileChange } from './profile-change.ts';
import { type SearchDeps, searchChanges } from './search-changes.ts';
import type { Confirmation, FoundSet } from './trial.ts';

/** Changes that are only names: what flips is said by the test. */
const change = (name: string): ProfileChange => ({ kind: 'fail-closed', guardrail: name });
const names = (changes: readonly ProfileChange[]) =>
  changes.map(one => (one.kind === 'fail-closed' ? one.guardrail : one.kind));
const foundNames = (found: readonly FoundSet[]) => found.map(({ changes }) => names(changes).join('+'));

interface World {
  /** Any of these sets flips it. */
  readonly flips: readonly (readonly string[])[];
  /** With any of these, harmless work is blocked. */
  readonly blocks?: readonly string[];
  readonly most?: number;
  /** Re-runs that are answered before a stop. */
  readonly stopAfter?: number;
}

function aSearch({ flips, blocks = [], most = 500, stopAfter = Number.POSITIVE_INFINITY }: World) {
  const judged: string[][] = [];
  const heard: string[] = [];
  const flipsWith = (set: readonly string[]) =>
    flips.some(needed => needed.every(name => set.includes(name)));
  const confirmationOf = (changes: readonly ProfileChange[]): Confirmation => {
    const set = names(changes);
    const outcome = set.some(name => blocks.includes(name)) ? 'blocked' : 'allowed';
    return {
      ...{ verdict: flipsWith(set) ? 'contained' : 'escaped', containment: 0, routes: [] },
      cost: { outcome, waitedMs: set.length, reviewerMs: 0 },
    };
  };
  const deps: SearchDeps = {
    judge: async changes => {
      if (judged.length >= stopAfter) return null;
      judged.push(names(changes));
      return confirmationOf(changes);
    },
    confirm: async changes => confirmationOf(changes),
    ...{ definitions: new Map(), atOnce: 2, most, onTried: () => undefined },
    onFound: ({ changes }) => heard.push(names(changes).join('+')),
  };
  return { deps, judged, heard, confirmationOf };
}

const ABC = ['a', 'b', 'c', 'd'].map(change);

test('single changes come first, and where one is enough no pair is tried', async () => {
  const { deps, judged, heard } = aSearch({ flips: [['b'], ['c', 'd']] });
  const result = await searchChanges(ABC, deps);
  expect(foundNames(result.found)).toEqual(['b']);
  expect(heard).toEqual(['b']);
  expect(judged).toEqual([['a'], ['b'], ['c'], ['d']]);
  expect(result).toMatchObject({ tried: 4, reachedBound: false, isWhole: true });
});

test('a change that blocks harmless work is ranked last, and the search goes on to pairs', async () => {
  const { deps } = aSearch({ flips: [['a'], ['c', 'd']], blocks: ['a'] });
  const { found } = await searchChanges(ABC, deps);
  expect(foundNames(found)).toEqual(['c+d', 'a']);
});

test('where no pair is enough, all at once is reduced to what is needed', async () => {
  const { deps, judged } = aSearch({ flips: [['a', 'b', 'd']] });
  const { found } = await searchChanges(ABC, deps);
  expect(foundNames(found)).toEqual(['a+b+d']);
  expect(found[0]?.isMinimal).toBe(true);
  for (const less of [
    ['b', 'd'],
    ['a', 'd'],
    ['a', 'b'],
  ])
    expect(judged).toContainEqual(less);
});

test('nothing that flips it is said so, and the bound is named when it was reached', async () => {
  const none = await searchChanges(ABC, aSearch({ flips: [] }).deps);
  expect(none).toMatchObject({ found: [], reachedBound: false, isWhole: true });
  const bounded = aSearch({ flips: [['d']], most: 3 });
  expect(await searchChanges(ABC, bounded.deps)).toMatchObject({ found: [], tried: 3, reachedBound: true });
  expect(bounded.judged).toHaveLength(3);
});

test('a stop keeps what was found', async () => {
  const { deps } = aSearch({ flips: [['a'], ['d']], stopAfter: 2 });
  const result = await searchChanges(ABC, deps);
  expect(foundNames(result.found)).toEqual(['a']);
  expect(result).toMatchObject({ tried: 2, isWhole: false });
});

test('whatever flips it, each set that is found does, and is minimal; what is needed is found', async () => {
  const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
  const set = fc.subarray(letters, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(set, { maxLength: 3 }), async flips => {
      const { deps, confirmationOf } = aSearch({ flips });
      const { found } = await searchChanges(letters.map(change), deps);
      expect(found.length > 0).toBe(flips.length > 0);
      for (const { changes } of found) {
        expect(confirmationOf(changes).verdict).toBe('contained');
        for (const left of changes) {
          expect(confirmationOf(changes.filter(other => other !== left)).verdict).toBe('escaped');
        }
      }
      const smallest = Math.min(...flips.map(({ length }) => length));
      if (smallest <= 2) expect(found[0]?.changes).toHaveLength(smallest);
    }),
  );
});

test('one set for all: one that both escapes have in common, else their cheapest together, reduced', async () => {
  const one = aSearch({ flips: [['a'], ['b']] });
  const two = aSearch({ flips: [['b'], ['c']] });
  const both = async (...worlds: (typeof one)[]) => {
    const found = await Promise.all(worlds.map(async ({ deps }) => (await searchChanges(ABC, deps)).found));
    return findTogether(found, {
      confirm: async changes =>
        new Map(worlds.map(({ confirmationOf }, index) => [`s${index}`, confirmationOf(changes)])),
    });
  };
  expect(names((await both(one, two))?.changes ?? [])).toEqual(['b']);
  const apart = await both(aSearch({ flips: [['a'], ['d']] }), aSearch({ flips: [['c']] }));
  expect(names(apart?.changes ?? [])).toEqual(['a', 'c']);
  expect(apart?.isMinimal).toBe(true);
  expect(await both(one, aSearch({ flips: [] }))).toBe(null);
});
