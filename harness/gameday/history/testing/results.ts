import type { Scorecard } from '../../../score/scorecard.ts';
import { ARMS, GUARDED, testRun, UNGUARDED } from '../../../score/testing/test-run.ts';
import type { ScoredRun } from '../../build-scoreboard.ts';
import type { Scoreboard } from '../../scoreboard.ts';
import { CARDS, testScoreboard, testScoredRun } from '../../testing/test-day.ts';
import { buildHistory, type FoundResult } from '../build-history.ts';
import type { History } from '../history.ts';

export type Kind = keyof typeof CARDS;

/** An escape in which the guardrail was there and let the mistake through. */
const PASSED: Scorecard = testRun(
  ARMS.map(arm => (arm === GUARDED ? { ...UNGUARDED, arm: 'guarded' } : arm)),
);

/** The scorecard of one kind of day. */
export function cardOf(kind: Kind): Scorecard {
  return kind === 'escaped' ? PASSED : CARDS[kind];
}

/** The scoreboard of one day of the game day `a-day`. */
export function boardOf(kind: Kind, parts: Partial<ScoredRun> = {}): Scoreboard {
  return testScoreboard({ runs: [testScoredRun(cardOf(kind), parts)] });
}

/** A game day that began at noon of the given day of March. */
export function dayOf(day: number, kind: Kind, parts: Partial<ScoredRun> = {}): FoundResult {
  const date = `2026-03-${String(day).padStart(2, '0')}`;
  return {
    kind: 'game-day',
    directory: `reports/a-day-${date}`,
    startedAt: `${date}T12:00:00.000Z`,
    board: boardOf(kind, parts),
    cards: new Map([['layers', cardOf(kind)]]),
  };
}

/** A history of game days, one a day in this order. */
export function historyOf(kinds: readonly Kind[]): History {
  const found = kinds.map((kind, index) => dayOf(index + 1, kind));
  return buildHistory({ folder: 'reports', found, skipped: [], older: 0 });
}
