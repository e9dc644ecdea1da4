import { digestOf } from '../kernel/digest.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { GameDay } from '../scenario/game-day-schema.ts';
import type { Selectable } from '../scenario/selector.ts';
import type { ExitName, ExitReason } from '../score/exit-reasons.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { noteOf } from '../score/scorecard-tally.ts';
import type { Halt } from './brakes.ts';
import { gameDayExitReasons } from './exit-reasons-of-game-day.ts';
import { type JudgedPair, judgeExpectations } from './expectations.ts';
import { judgeGate } from './gate.ts';
import { profileResult } from './profile-result.ts';
import { GAME_DAY_SCHEMA, type ProfileResult, type Scoreboard, type VerdictCounts } from './scoreboard.ts';

/** A profile's run, scored. */
export interface ScoredRun {
  readonly run: string;
  /** What the file calls the profile: its id, or a path. */
  readonly use: string;
  readonly baseline: boolean;
  readonly profileDigest: string;
  /** Digests by scenario id. */
  readonly questions: ReadonlyMap<string, { readonly scenario: string; readonly world: string }>;
  readonly card: Scorecard;
  readonly isClean: boolean;
}

export interface ScoreboardInput {
  readonly spec: GameDay;
  readonly runId: string;
  /** `2026-09-30`, UTC. */
  readonly day: string;
  readonly seeds: readonly string[];
  /** What is run, as selectors see it. */
  readonly scenarios: readonly Selectable[];
  readonly runs: readonly ScoredRun[];
  readonly arms: Scoreboard['arms'];
  readonly halt: Halt | null;
  /** The table of exit codes: the worst of the names. */
  readonly worstOf: (names: readonly ExitName[]) => { readonly code: number; readonly name: string };
}

/** From scorecards alone: the same ones always give the same scoreboard. */
export function buildScoreboard(input: ScoreboardInput): Scoreboard {
  const { spec, runs, halt, arms } = input;
  const selectableOf = (id: string): Selectable =>
    input.scenarios.find(scenario => scenario.id === id) ?? { id, tags: [], path: null };
  const tested = runs.filter(({ baseline }) => !baseline);
  const expectations = judgeExpectations(
    spec.expectations,
    tested.flatMap(run => pairsOf(run, selectableOf)),
    input.day,
  );
  const profiles = runs.map(run => profileResult(run, spec, expectations));
  const counted = profiles.filter(({ baseline }) => !baseline);
  const gate = tested.flatMap((run, index) =>
    judgeGate(spec.gate, {
      profile: run.card.profile,
      use: run.use,
      selectableOf,
      score: counted[index]?.score ?? run.card.score,
      friction: run.card.friction,
      scenarios: run.card.scenarios,
    }),
  );
  const reasons: ExitReason[] = gameDayExitReasons({ tested, runs, expectations, gate, arms, halt });
  const { code, name } = input.worstOf(reasons.map(reason => reason.name));
  return {
    schema: GAME_DAY_SCHEMA,
    gameDay: spec.metadata.id,
    title: spec.metadata.title,
    runId: input.runId,
    day: input.day,
    stack: spec.stack,
    seeds: input.seeds,
    suiteHash: suiteHashOf(counted, spec.weights),
    profiles,
    verdicts: sumOf(counted.map(({ verdicts }) => verdicts)),
    score: lowestScore(counted),
    gate,
    expectations,
    arms,
    halted: halt === null ? null : { by: halt.by, because: halt.because },
    exit: { code, name, reasons },
    note: noteOf(runs.flatMap(({ card }) => card.scenarios)),
  };
}

function pairsOf({ use, card }: ScoredRun, selectableOf: (id: string) => Selectable): JudgedPair[] {
  const pair = (id: string, verdict: JudgedPair['verdict']): JudgedPair => ({
    ...{ scenario: id, selectable: selectableOf(id), profile: card.profile, use, verdict },
  });
  return [
    ...card.scenarios.map(({ id, verdict }) => pair(id, verdict)),
    ...card.neverRun.map(id => pair(id, null)),
  ];
}

/** A game day is as strong as its weakest profile; where one has no score, nothing can be said. */
function lowestScore(profiles: readonly ProfileResult[]): Scoreboard['score'] {
  const [first, ...others] = profiles;
  if (first === undefined || profiles.some(({ score }) => score.value === null))
    return { value: null, profile: null };
  const value = (profile: ProfileResult) => profile.score.value ?? 0;
  const lowest = others.reduce((low, other) => (value(other) < value(low) ? other : low), first);
  return { value: lowest.score.value, profile: lowest.profile };
}

function suiteHashOf(profiles: readonly ProfileResult[], weights: GameDay['weights']): string {
  const suites = [...new Set(profiles.map(({ suiteHash }) => suiteHash))].sort();
  return digestOf(stableJson({ suites, weights }));
}

function sumOf(counts: readonly VerdictCounts[]): VerdictCounts {
  const sum = (key: keyof VerdictCounts) => counts.reduce((total, each) => total + each[key], 0);
  return {
    contained: sum('contained'),
    escaped: sum('escaped'),
    expected: sum('expected'),
    inconclusive: sum('inconclusive'),
    neverRun: sum('neverRun'),
  };
}
