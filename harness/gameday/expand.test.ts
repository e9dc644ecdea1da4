import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../scenario/selector.ts';
import { expandGameDay, seedsOf } from './expand.ts';
import { orderUnits } from './order.ts';
import { testSpec } from './testing/test-day.ts';

const word = fc.stringMatching(/^[a-c][a-c-]{0,5}$/);
const candidate = fc.record({
  id: word,
  tags: fc.array(fc.constantFrom('red', 'blue'), { maxLength: 2 }),
  path: fc.constant(null),
});
const candidates = fc.uniqueArray(candidate, { selector: ({ id }) => id, minLength: 1, maxLength: 8 });
const selector = fc.oneof(word, fc.constantFrom('*', 'tag:red', 'tag:blue', 'tag:*', 'a*', '*b', '*-*'));

test('what is chosen are candidates, each once, none of them excluded, whatever the order of the candidates', () => {
  fc.assert(
    fc.property(
      candidates,
      fc.array(selector, { minLength: 1, maxLength: 4 }),
      fc.array(selector, { maxLength: 2 }),
      (known, scenarios, exclude) => {
        const spec = testSpec({ scenarios, exclude });
        const ids = expandGameDay(spec, known).scenarios.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(known.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
        const without = expandGameDay({ ...spec, exclude: [] }, known).scenarios;
        const excluded = new Set(
          expandGameDay(
            testSpec({ scenarios: exclude.length > 0 ? exclude : ['none'] }),
            known,
          ).scenarios.map(({ id }) => id),
        );
        expect(ids).toEqual(without.map(({ id }) => id).filter(id => !excluded.has(id)));
        const shuffled = expandGameDay(spec, [...known].reverse()).scenarios.map(({ id }) => id);
        expect(shuffled).toEqual(ids);
      },
    ),
  );
});

test('a glob means what the same regular expression means', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab*]{0,8}$/), fc.stringMatching(/^[ab]{0,10}$/), (glob, text) => {
      const expression = new RegExp(`^${glob.replaceAll('*', '.*')}$`);
      expect(matchesGlob(glob, text)).toBe(expression.test(text));
    }),
    { numRuns: 1_000 },
  );
});

test('scenarios stand in the order of the selectors, then by id', () => {
  const known = ['c', 'a', 'b'].map(id => ({ id, tags: [], path: null }));
  const chosen = expandGameDay(testSpec({ scenarios: ['b', '*'] }), known);
  expect(chosen.scenarios.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
});

test('a line about nothing that is run is told', () => {
  const known = ['a', 'b'].map(id => ({ id, tags: [], path: null }));
  const spec = testSpec({
    scenarios: ['a'],
    weights: { b: 2 },
    expectations: [{ scenario: 'b*', expect: 'escaped', reason: 'Known', until: '2026-03-10' }],
  });
  expect(expandGameDay(spec, known).withoutEffect).toEqual(['weights: b', 'expectations: b*']);
});

test('seeds are a list or a range', () => {
  expect(seedsOf(testSpec({ seeds: { from: 9, count: 3 } }).seeds)).toEqual(['9', '10', '11']);
  expect(seedsOf(testSpec({ seeds: [4, 'spring'] }).seeds)).toEqual(['4', 'spring']);
});

const unit = fc.record({ run: word, scenario: fc.option(word), seed: fc.constantFrom('1', '2', '3') });
const keyOf = (each: { run: string; scenario: string | null; seed: string }) =>
  `${each.run} ${each.scenario ?? ''} ${each.seed}`;

test('shuffling loses and repeats nothing, is the same each time, and leaving one out moves no two others past each other', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(unit, { selector: keyOf, minLength: 2, maxLength: 12 }),
      fc.stringMatching(/^[a-z0-9]{1,4}$/),
      (units, seed) => {
        const order = { by: 'shuffled', seed } as const;
        const shuffled = orderUnits(units, order);
        expect(new Set(shuffled)).toEqual(new Set(units));
        expect(orderUnits([...units].reverse(), order)).toEqual(shuffled);
        expect(orderUnits(units.slice(1), order)).toEqual(shuffled.filter(each => each !== units[0]));
        expect(orderUnits(units, { by: 'as-listed', seed })).toEqual(units);
      },
    ),
  );
});

test('another seed shuffles otherwise', () => {
  const units = Array.from({ length: 20 }, (_, index) => ({ run: 'p', scenario: 's', seed: String(index) }));
  const by = (seed: string) => orderUnits(units, { by: 'shuffled', seed }).map(each => each.seed);
  expect(by('1')).not.toEqual(by('2'));
  expect(by('1')).not.toEqual(units.map(each => each.seed));
});
