import type { StressFault } from '../../guardrails/stress/stress-fault.ts';
import type { ArmExchange } from '../arm-job.ts';
import type { AnswerCounts } from './stress-card.ts';

/** Faults under which some questions get a right answer, so that only failures tell what the fault did. */
const IN_PART: readonly StressFault[] = ['stale', 'flapping'];

/** What a guardrail answered while it failed in this way. Questions that an adapter answers without asking are left out. */
export function countAnswers(
  exchanges: readonly ArmExchange[],
  guardrail: string,
  fault: StressFault,
): AnswerCounts {
  const own = exchanges.filter(exchange => exchange.guardrail === guardrail && exchange.request !== null);
  const failed = own.filter(hasFailed);
  const wrong = IN_PART.includes(fault) ? failed : own;
  return {
    asked: own.length,
    failed: failed.length,
    letThrough: wrong.filter(({ countedAs }) => countedAs === 'allow' || countedAs === 'advance').length,
    refused: failed.filter(({ countedAs }) => countedAs !== 'allow' && countedAs !== 'advance').length,
    said: failed[0]?.answer.reason ?? null,
  };
}

function hasFailed({ answer }: ArmExchange): boolean {
  return answer.effect === 'error' || answer.effect === 'undefined';
}
