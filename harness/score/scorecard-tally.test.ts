import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildScorecard } from './build-scorecard.ts';
import { journalGroups } from './journal-groups.ts';
import { createScorecardTally } from './scorecard-tally.ts';
import { testJournal } from './testing/test-journal.ts';
import { ARMS, BENIGN, GUARDED, UNGUARDED } from './testing/test-run.ts';

const FACTS = {
  ...{ runId: 'run-1', planned: ['rebuild', 'other', 'third'], reruns: [], failUnder: null },
  ...{ isClean: true, isInterrupted: false },
  worstOf: ([first]: readonly string[]) => ({
    code: first === undefined ? 0 : 1,
    name: first ?? 'held',
  }),
};

const kinds = {
  contained: ARMS,
  escaped: ARMS.map(arm => (arm === GUARDED ? { ...UNGUARDED, arm: 'guarded' as const } : arm)),
  inconclusive: ARMS.filter(arm => arm !== UNGUARDED),
  noTwin: ARMS.filter(arm => arm !== BENIGN),
};

const JOURNALS = (['rebuild', 'other'] as const).flatMap((scenario, place) =>
  Object.values(kinds).flatMap((arms, index) =>
    arms.map(spec => {
      const arm = { ...spec, scenario, seed: `s${(index + place) % 4}` };
      const label = { arm: arm.arm, seed: arm.seed, scenario: { id: scenario, digest: '' } };
      return { file: `${scenario}.${arm.arm}.${arm.seed}.jsonl`, text: testJournal(arm), label };
    }),
  ),
);
const GROUPS = journalGroups(JOURNALS, ({ label }) => label);

test('in whatever order seeds end, the scorecard is the same as from all journals at once', () => {
  const whole = buildScorecard({ ...FACTS, profile: 'layers', journals: JOURNALS });
  expect(whole.scenarios.map(({ verdict }) => verdict)).toEqual(['escaped', 'escaped']);
  expect(whole.neverRun).toEqual(['third']);
  fc.assert(
    fc.property(fc.shuffledSubarray([...GROUPS.keys()], { minLength: GROUPS.length }), order => {
      const tally = createScorecardTally('layers');
      for (const index of order) tally.add(index, GROUPS[index] ?? []);
      expect(tally.scorecard(FACTS)).toEqual(whole);
    }),
    { numRuns: 5 },
  );
});

test('arms of another profile are left out, and two of a kind are refused', () => {
  const other = createScorecardTally('another');
  for (const [index, group] of GROUPS.entries()) other.add(index, group);
  expect(other.scorecard(FACTS).scenarios.map(({ verdict }) => verdict)).toEqual([
    'inconclusive',
    'inconclusive',
  ]);
  const [group = []] = GROUPS;
  expect(() => createScorecardTally('layers').add(0, [...group, ...group])).toThrow(/both the/);
});
