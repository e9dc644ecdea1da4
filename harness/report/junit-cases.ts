import type { ExitName, ExitReason } from '../score/exit-reasons.ts';
import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { benignSentence } from './benign-words.ts';
import { attemptsSentence } from './guarded-words.ts';
import { runReasons } from './run-reasons.ts';
import { testAgain, whatToDo } from './what-to-do.ts';
import { outageSentence, stageSentence } from './words.ts';

/** One test case: what was asked, and what came of it. */
export interface JunitCase {
  readonly name: string;
  readonly result: 'passed' | 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
  readonly details: readonly string[];
}

/**
 * Two cases a scenario, its verdict and the same task done properly; one for each scenario that was never run; and one
 * for whatever else keeps the run from full success, so that a run that did not hold is never all green.
 */
export function junitCases(card: Scorecard): JunitCase[] {
  const cases = [
    ...card.scenarios.flatMap(scenario => casesOf(scenario, card.profile)),
    ...card.neverRun.map(skipped),
    ...runReasons(card).map(runCase),
  ];
  return cases.length > 0 ? cases : [runCase({ name: 'inconclusive', because: 'no scenario was run' })];
}

const RESULTS = { contained: 'passed', escaped: 'failure', inconclusive: 'error' } as const;
const BENIGN_RESULTS = { allowed: 'passed', late: 'failure', blocked: 'failure', unknown: 'error' } as const;

function casesOf(scenario: ScenarioScore, profile: string): JunitCase[] {
  const { guarded, benign } = scenario.arms;
  const outcome = benign?.outcome ?? 'unknown';
  return [
    {
      name: `${scenario.id}: the mistake is contained`,
      result: RESULTS[scenario.verdict],
      type: scenario.reason,
      message: scenario.detail,
      details: [
        stageSentence(scenario),
        attemptsSentence(scenario),
        ...(guarded?.harm?.outages ?? []).slice(0, 10).map(outageSentence),
        ...whatToDo({ ...scenario, overBlocked: false }),
        `Test again: ${testAgain(scenario, profile)}`,
      ],
    },
    {
      name: `${scenario.id}: the same task done properly is let through`,
      result: BENIGN_RESULTS[outcome],
      type: `benign-${outcome}`,
      message: benign === null ? 'the benign arm left no journal' : benignSentence(scenario),
      details: scenario.overBlocked ? [`Test again: ${testAgain(scenario, profile)}`] : [],
    },
  ];
}

function skipped(id: string): JunitCase {
  return {
    name: `${id}: the mistake is contained`,
    result: 'skipped',
    type: 'never-run',
    message: 'never run',
    details: [],
  };
}

function runCase({ name, because }: ExitReason): JunitCase {
  return {
    name: `the run as a whole: ${RUN_CASES[name]}`,
    result: name === 'weakness' ? 'failure' : 'error',
    type: name,
    message: because,
    details: [],
  };
}

const RUN_CASES: Readonly<Record<ExitName, string>> = {
  held: 'it holds',
  weakness: 'the score is not under the gate',
  inconclusive: 'there is something to judge',
  invalid: 'its files are valid',
  environment: 'the machine is fit for it',
  unclean: 'nothing is left behind',
  interrupted: 'it ends by itself',
};
