import { safeText } from '../../report/safe-text.ts';
import type { Question } from '../../review/comparability.ts';
import type { Judged } from '../../review/issues.ts';
import { type Role, scoredRoles } from '../../review/roles.ts';
import type { ScenarioScore, Scorecard } from '../../score/scorecard.ts';
import type { ProfileResult, ScenarioResult, Scoreboard } from '../scoreboard.ts';
import { questionsOf } from './questions.ts';

/** What one game day or run found of one profile. */
export interface HistoryPoint {
  readonly directory: string;
  readonly runId: string;
  /** Wall time as the manifest has it; empty when not known. */
  readonly startedAt: string;
  readonly profile: string;
  /** Null: not known. */
  readonly profileDigest: string | null;
  readonly baseline: boolean;
  readonly stack: string;
  readonly seeds: readonly string[];
  /** Scores compare only where it is equal. */
  readonly suiteHash: string;
  /** 0–100; null: none. */
  readonly score: number | null;
  /** 0–1. */
  readonly containment: number | null;
  readonly letThrough: number | null;
  readonly waitedMsP50: number | null;
  readonly reviewerMinutesPer100: number | null;
  readonly approvalsPer100: number | null;
  readonly verdicts: {
    readonly contained: number;
    readonly escaped: number;
    readonly inconclusive: number;
    readonly neverRun: number;
  };
  readonly exit: { readonly code: number; readonly name: string };
  readonly scenarios: readonly HistoryScenario[];
}

export interface HistoryScenario extends Judged {
  readonly stage: string | null;
  readonly containmentRatio: number | null;
  /** Null: not known; then it is the same where the suite is. */
  readonly question: Question | null;
  /** Empty where the scorecard of the run is missing. */
  readonly roles: readonly Role[];
}

/** Letters of a folder's name that are shown. */
export const MOST_PATH = 300;

export interface Told {
  readonly directory: string;
  readonly startedAt: string;
}

/** Of a game day's profile. `card`: the scorecard of its run, which tells what each guardrail did; null: missing. */
export function gameDayPoint(
  profile: ProfileResult,
  {
    board,
    card,
    directory,
    startedAt,
  }: Told & { readonly board: Scoreboard; readonly card: Scorecard | null },
): HistoryPoint {
  const questions = questionsOf(profile, board);
  return {
    ...{ directory: safeText(directory, MOST_PATH), runId: safeText(board.runId, 64) },
    startedAt: safeText(startedAt, 32),
    profile: safeText(profile.profile, 64),
    profileDigest: profile.profileDigest,
    baseline: profile.baseline,
    stack: safeText(board.stack, 32),
    seeds: board.seeds,
    suiteHash: profile.suiteHash,
    ...figuresOf(profile),
    verdicts: profile.verdicts,
    exit: { code: board.exit.code, name: board.exit.name },
    scenarios: profile.scenarios.map(scenario =>
      scenarioOf(scenario, {
        benign: scenario.benign,
        question: questions.get(scenario.id) ?? null,
        attribution: card?.scenarios.find(({ id }) => id === scenario.id)?.attribution ?? [],
      }),
    ),
  };
}

/** Of a single run. */
export function runPoint(card: Scorecard, { directory, startedAt }: Told): HistoryPoint {
  const of = (verdict: string) => card.scenarios.filter(scenario => scenario.verdict === verdict).length;
  return {
    ...{ directory: safeText(directory, MOST_PATH), runId: safeText(card.runId, 64) },
    startedAt: safeText(startedAt, 32),
    profile: safeText(card.profile, 64),
    profileDigest: null,
    baseline: false,
    stack: safeText(card.stack, 32),
    seeds: card.seeds,
    suiteHash: card.suiteHash,
    ...figuresOf(card),
    verdicts: {
      contained: of('contained'),
      escaped: of('escaped'),
      inconclusive: of('inconclusive'),
      neverRun: card.neverRun.length,
    },
    exit: { code: card.exit.code, name: card.exit.name },
    scenarios: card.scenarios.map(scenario =>
      scenarioOf(scenario, {
        benign: scenario.arms.benign?.outcome ?? 'not run',
        question: null,
        attribution: scenario.attribution,
      }),
    ),
  };
}

function figuresOf({ score, friction }: Pick<Scorecard, 'score' | 'friction'>) {
  return {
    score: score.value,
    containment: score.containment,
    letThrough: score.letThrough,
    waitedMsP50: friction.waitedMsP50,
    reviewerMinutesPer100: friction.reviewerMinutesPer100,
    approvalsPer100: friction.approvalsPer100,
  };
}

function scenarioOf(
  {
    id,
    verdict,
    stage,
    containmentRatio,
    overBlocked,
  }: Pick<ScenarioResult, 'id' | 'verdict' | 'stage' | 'containmentRatio' | 'overBlocked'>,
  {
    benign,
    question,
    attribution,
  }: {
    readonly benign: Judged['benign'];
    readonly question: Question | null;
    readonly attribution: ScenarioScore['attribution'];
  },
): HistoryScenario {
  return {
    ...{ id: safeText(id, 64), verdict, stage, containmentRatio, overBlocked, benign, question },
    roles: scoredRoles(attribution),
  };
}
