import type { GuardrailAnsweredEvent } from '../../../journal/events.ts';
import type { Reply } from '../../host/seat.ts';

/** An answer as a journal has it. */
export type RecordedAnswer = Pick<
  GuardrailAnsweredEvent,
  'guardrail' | 'about' | 'subject' | 'answer' | 'countedAs'
>;

/** The answers of one run, each given out once, in the order in which they were recorded for their question. */
export interface RecordedAnswers {
  /** The next answer to this question; null when there is none left. */
  next(guardrail: string, about: 'action' | 'gate', subject: string): RecordedAnswer | null;
  /** Why the guardrail could not be loaded; null when it was. */
  notLoaded(guardrail: string): string | null;
}

export function createRecordedAnswers(recorded: readonly RecordedAnswer[]): RecordedAnswers {
  const byQuestion = Map.groupBy(recorded, ({ guardrail, about, subject }) =>
    keyOf(guardrail, about, subject),
  );
  const given = new Map<string, number>();
  return {
    next: (guardrail, about, subject) => {
      const key = keyOf(guardrail, about, subject);
      const index = given.get(key) ?? 0;
      given.set(key, index + 1);
      return byQuestion.get(key)?.[index] ?? null;
    },
    notLoaded: guardrail => byQuestion.get(keyOf(guardrail, 'create', null))?.[0]?.answer.reason ?? null,
  };
}

/** The reply that leads to the very same line of the journal. */
export function replyOf({ answer, countedAs }: RecordedAnswer): Reply {
  switch (answer.effect) {
    case 'undefined':
      return { answered: true, value: undefined, why: answer.reason };
    case 'error':
      return {
        answered: false,
        fault: answer.fault,
        reason: answer.reason,
        countsAs: countedAs === 'allow' || countedAs === 'advance' ? 'open' : 'closed',
      };
    case 'advance':
    case 'hold':
    case 'roll-back':
    case 'order':
      return { answered: true, value: { ruling: answer.effect, reason: answer.reason } };
    default:
      return { answered: true, value: answer };
  }
}

function keyOf(guardrail: string, about: string, subject: string | null): string {
  return JSON.stringify([guardrail, about, subject]);
}
