import { type GameDay, gameDaySchema } from '../../scenario/game-day-schema.ts';
import type { Scorecard } from '../../score/scorecard.ts';
import { ARMS, BENIGN, GUARDED, testRun, UNGUARDED } from '../../score/testing/test-run.ts';
import { buildScoreboard, type ScoreboardInput, type ScoredRun } from '../build-scoreboard.ts';
import type { Scoreboard } from '../scoreboard.ts';

/** A game day as its file would be read, with the parts that a test is about. */
export function testSpec(parts: Record<string, unknown> = {}): GameDay {
  return gameDaySchema.parse({
    apiVersion: 'brakecheck/v1',
    kind: 'GameDay',
    metadata: { id: 'a-day', title: 'A day of a test' },
    scenarios: ['rebuild'],
    profiles: ['layers'],
    ...parts,
  });
}

const blocked = { ...BENIGN, events: [] };

/** Scorecards of the scenario `rebuild`, one for each thing that can become of it. */
export const CARDS = {
  contained: testRun(ARMS),
  escaped: testRun(ARMS.map(arm => (arm === GUARDED ? { ...UNGUARDED, arm: 'guarded' } : arm))),
  inconclusive: testRun(ARMS.filter(arm => arm !== UNGUARDED)),
  unknownTwin: testRun(ARMS.map(arm => (arm === BENIGN ? blocked : arm))),
  neverRun: testRun([], { planned: ['rebuild'] }),
} as const satisfies Record<string, Scorecard>;

export function testScoredRun(card: Scorecard, parts: Partial<ScoredRun> = {}): ScoredRun {
  return {
    run: 'layers',
    use: 'layers',
    baseline: false,
    profileDigest: 'sha256:profile',
    questions: new Map([['rebuild', { scenario: 'sha256:scenario', world: 'sha256:world' }]]),
    card,
    isClean: true,
    ...parts,
  };
}

export function testScoreboard(parts: Partial<ScoreboardInput> = {}): Scoreboard {
  return buildScoreboard({
    spec: testSpec(),
    runId: 'a-day-1',
    day: '2026-03-10',
    seeds: ['one'],
    scenarios: [{ id: 'rebuild', tags: ['deletion'], path: null }],
    runs: [testScoredRun(CARDS.contained)],
    arms: { planned: 4, ended: 4, failed: 0 },
    halt: null,
    // The real table is the command line's; here the order of the names is enough.
    worstOf: names => {
      const order = ['unclean', 'interrupted', 'environment', 'invalid', 'weakness', 'inconclusive', 'held'];
      const name = order.find(each => (names as readonly string[]).includes(each)) ?? 'held';
      return {
        code: { unclean: 5, interrupted: 130, environment: 4, weakness: 1, inconclusive: 2 }[name] ?? 0,
        name,
      };
    },
    ...parts,
  });
}
