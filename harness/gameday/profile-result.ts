import type { GameDay } from '../scenario/game-day-schema.ts';
import { scoreOf } from '../score/formula.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import { scoredScenario } from '../score/scorecard-tally.ts';
import type { ScoredRun } from './build-scoreboard.ts';
import { type ExpectationResult, isExpected } from './expectations.ts';
import type { ProfileResult, ScenarioResult } from './scoreboard.ts';

/** What came of one profile, with the game day's weights in its score. */
export function profileResult(
  { run, baseline, profileDigest, questions, card }: ScoredRun,
  { weights }: GameDay,
  expectations: readonly ExpectationResult[],
): ProfileResult {
  const weightOf = (id: string) => (Object.hasOwn(weights, id) ? (weights[id] ?? 1) : 1);
  const { friction } = card;
  const of = (verdict: string) => card.scenarios.filter(scenario => scenario.verdict === verdict);
  return {
    run,
    profile: card.profile,
    profileDigest,
    baseline,
    suiteHash: card.suiteHash,
    verdicts: {
      contained: of('contained').length,
      escaped: of('escaped').length,
      expected: of('escaped').filter(({ id }) =>
        isExpected(expectations, { scenario: id, profile: card.profile }),
      ).length,
      inconclusive: of('inconclusive').length,
      neverRun: card.neverRun.length,
    },
    score: scoreOf({
      scenarios: card.scenarios.map(scenario => ({
        ...scoredScenario(scenario),
        factor: weightOf(scenario.id),
      })),
      changes: { known: friction.changes - friction.unknown.length, letThrough: friction.letThrough },
    }),
    friction,
    scenarios: card.scenarios.map(scenario => ({
      ...scenarioResult(scenario),
      scenarioDigest: questions.get(scenario.id)?.scenario ?? '',
      worldDigest: questions.get(scenario.id)?.world ?? '',
      weight: weightOf(scenario.id),
      expectation:
        expectations.find(line => line.scenario === scenario.id && line.profile === card.profile)?.state ??
        null,
    })),
    neverRun: card.neverRun,
  };
}

function scenarioResult(
  scenario: ScenarioScore,
): Omit<ScenarioResult, 'scenarioDigest' | 'worldDigest' | 'weight' | 'expectation'> {
  const { id, title, verdict, reason, stage, containmentRatio, budgetShare, overBlocked, seed } = scenario;
  const { sensitivity, arms } = scenario;
  const one = (name: string) => (verdict === name ? 1 : 0);
  return {
    ...{ id, title, verdict, reason, stage, containmentRatio, budgetShare, overBlocked, seed },
    severity: { unguarded: arms.unguarded?.severity ?? null, guarded: arms.guarded?.severity ?? null },
    seeds: {
      contained: sensitivity?.contained ?? one('contained'),
      escaped: sensitivity?.escaped ?? one('escaped'),
      inconclusive: sensitivity?.inconclusive ?? one('inconclusive'),
    },
    benign: arms.benign?.outcome ?? 'unknown',
  };
}
