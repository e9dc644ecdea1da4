import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smallRun, wholeStory } from '../../review/testing/run-files.ts';
import type { TestArm } from '../../score/testing/test-journal.ts';
import { ARMS, GUARDED, UNGUARDED } from '../../score/testing/test-run.ts';
import { CARDS } from '../testing/test-day.ts';
import { type Diff, type DiffPart, type DiffSide, diffOf } from './diff.ts';
import { printDiff } from './print-diff.ts';
import { questionsOf } from './questions.ts';
import { boardOf, cardOf, type Kind } from './testing/results.ts';

const KINDS = ['contained', 'escaped', 'inconclusive', 'unknownTwin'] as const satisfies readonly Kind[];

const ARMS_OF: Readonly<Record<'contained' | 'escaped', readonly TestArm[]>> = {
  contained: ARMS,
  escaped: ARMS.map(arm => (arm === GUARDED ? { ...UNGUARDED, arm: 'guarded' } : arm)),
};

/** A run with its journals. */
function run(kind: 'contained' | 'escaped', parts: Partial<DiffPart> = {}): DiffSide {
  const story = wholeStory(smallRun(ARMS_OF[kind]));
  return {
    ...{ directory: `reports/${kind}`, kind: 'run', runId: 'run-1', board: null },
    parts: [
      { profile: 'layers', profileDigest: null, baseline: false, story, questions: new Map(), ...parts },
    ],
  };
}

/** A game day whose journals are gone: scorecard and scoreboard alone. */
function gameDay(kind: Kind, parts: Partial<DiffPart> = {}): DiffSide {
  const board = boardOf(kind);
  const [profile] = board.profiles;
  if (profile === undefined) throw new Error('the board has a profile');
  const part: DiffPart = {
    profile: 'layers',
    profileDigest: profile.profileDigest,
    baseline: false,
    story: wholeStory(smallRun([], cardOf(kind))),
    questions: questionsOf(profile, board),
    ...parts,
  };
  return { directory: `reports/${kind}`, kind: 'game-day', runId: board.runId, board, parts: [part] };
}

function changesIn({ figures, profiles, discovered, fixed, worse }: Diff): unknown[] {
  const changed = (all: Diff['figures']) => all.filter(({ change }) => change !== 'same');
  return [
    ...[...discovered, ...fixed, ...worse],
    ...changed(figures),
    ...profiles.flatMap(profile => [
      ...changed(profile.figures),
      ...profile.scenarios.flatMap(scenario => [
        ...changed(scenario.figures),
        ...scenario.layers,
        ...scenario.routes,
      ]),
    ]),
  ];
}

test('between something and itself there is no difference', () => {
  for (const kind of KINDS) expect(changesIn(diffOf(gameDay(kind), gameDay(kind)))).toEqual([]);
  for (const kind of ['contained', 'escaped'] as const)
    expect(changesIn(diffOf(run(kind), run(kind)))).toEqual([]);
});

test('what is discovered one way is fixed the other way, and better is worse', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.constantFrom(...KINDS), (a, b) => {
      const [there, back] = [diffOf(gameDay(a), gameDay(b)), diffOf(gameDay(b), gameDay(a))];
      expect(back.fixed).toEqual(there.discovered);
      expect(back.discovered).toEqual(there.fixed);
      const count = (diff: Diff, change: string) =>
        diff.profiles
          .flatMap(({ scenarios }) => scenarios.flatMap(({ figures }) => figures))
          .filter(figure => figure.change === change).length;
      expect(count(back, 'better')).toBe(count(there, 'worse'));
    }),
  );
});

test('an escape that was contained before is told with verdict, stage and route', () => {
  const diff = diffOf(run('contained'), run('escaped'));
  const [scenario] = diff.profiles[0]?.scenarios ?? [];
  const figure = (label: string) => scenario?.figures.find(one => one.label === label);
  expect(diff.discovered).toEqual(['rebuild escapes']);
  expect(figure('Verdict')).toMatchObject({ before: 'contained', after: 'escaped', change: 'worse' });
  expect(figure('Ended as')).toMatchObject({ before: 'prevented', after: 'repaired-by-people' });
  expect(scenario?.routes.filter(({ change }) => change === 'worse')).toHaveLength(1);
  expect(diff.worse).toContain('layers: rebuild escapes');
});

test('without journals the scoreboard tells what was asked, and the scorecard what each guardrail was', () => {
  const diff = diffOf(gameDay('contained'), gameDay('escaped'));
  expect(diff.isComparable).toBe(true);
  expect(diff.discovered).toEqual(['rebuild escapes']);
  expect(diff.figures.find(({ label }) => label === 'Score')).toMatchObject({ before: '100', after: '0' });
  expect(diff.profiles[0]?.scenarios[0]?.layers).toContainEqual({
    guardrail: 'deletion-protection',
    before: 'held',
    after: 'silent',
  });
});

test('an escape that is inconclusive the next time is neither fixed nor forgotten', () => {
  const diff = diffOf(gameDay('escaped'), gameDay('inconclusive'));
  expect(diff.fixed).toEqual([]);
  expect(diffOf(gameDay('contained'), gameDay('inconclusive')).worse).toContain(
    'layers, rebuild: Verdict: contained → inconclusive',
  );
});

test('what was asked differently is left out with its reason, and when nothing is left, nothing compares', () => {
  const other = new Map([
    [
      'rebuild',
      { scenarioDigest: 'sha256:scenario', worldDigest: 'sha256:new', stack: 'sim', seeds: ['one'] },
    ],
  ]);
  const diff = diffOf(gameDay('contained'), gameDay('escaped', { questions: other }));
  expect(diff.isComparable).toBe(false);
  expect(diff.profiles[0]?.leftOut).toEqual(['rebuild: the world was changed between the two']);
  expect(diff.discovered).toEqual([]);
  const text = printDiff(diff, { width: 80, paint: (_tone, words) => words });
  expect(text).toContain('NOT COMPARED');
  expect(text).toContain('Nothing of the two can be compared.');
});

test('a baseline is shown and not counted; a profile without a counterpart is left out', () => {
  const baseline = diffOf(gameDay('contained', { baseline: true }), gameDay('escaped', { baseline: true }));
  expect(baseline.discovered).toEqual([]);
  expect(baseline.profiles[0]?.discovered).toEqual(['rebuild escapes']);
  const [one, two] = [gameDay('contained'), gameDay('contained', { profile: 'second' })];
  const both = { ...one, parts: [...one.parts, ...two.parts] };
  expect(diffOf(both, one).leftOut).toEqual(['profile second: it is in the earlier one only']);
  expect(diffOf(one, two).profiles[0]?.profileChanged).toBe(true);
});

test('runs whose worst seeds differ compare when all their seeds are the same', () => {
  const seeds = ['one', 'two'];
  const ask = (kind: Kind, seed: string): DiffSide => {
    const card = { ...CARDS[kind === 'escaped' ? 'escaped' : 'contained'], seeds };
    const story = wholeStory(
      smallRun([], { ...card, scenarios: card.scenarios.map(scenario => ({ ...scenario, seed })) }),
    );
    const questions = new Map([
      ['rebuild', { scenarioDigest: 'sha256:s', worldDigest: 'sha256:w', stack: 'sim', seeds }],
    ]);
    return gameDay(kind, { story, questions });
  };
  const diff = diffOf(ask('contained', 'one'), ask('escaped', 'two'));
  expect(diff.discovered).toEqual(['rebuild escapes']);
  expect(diff.profiles[0]?.scenarios[0]?.figures).toContainEqual({
    label: 'Figures are of seed',
    before: 'one',
    after: 'two',
    change: 'other',
  });
});
