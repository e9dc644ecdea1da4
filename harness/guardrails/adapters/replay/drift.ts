import type { GuardrailAnsweredEvent } from '../../../journal/events.ts';
import { stableJson } from '../../../kernel/stable-json.ts';
import { isFailure, readDecision, readGateRuling } from '../../host/read-reply.ts';
import type { Reply } from '../../host/seat.ts';
import type { RecordedAnswer } from './recorded-answers.ts';

/** A question that is answered otherwise now than when it was recorded. */
export interface Drift {
  readonly guardrail: string;
  readonly about: 'action' | 'gate';
  readonly subject: string;
  readonly recorded: GuardrailAnsweredEvent['answer'];
  readonly fresh: GuardrailAnsweredEvent['answer'];
  /** `words`: it rules the same, for another reason. */
  readonly differs: 'ruling' | 'words';
}

/** What differs between a recorded answer and a fresh reply to the same question; null when nothing does. */
export function driftOf(
  { guardrail, subject, answer: recorded }: RecordedAnswer,
  about: 'action' | 'gate',
  reply: Reply,
): Drift | null {
  const fresh = journaled(about, reply);
  if (stableJson(fresh) === stableJson(recorded)) return null;
  const differs =
    stableJson(withoutReason(fresh)) === stableJson(withoutReason(recorded)) ? 'words' : 'ruling';
  return { guardrail, about, subject: subject ?? '', recorded, fresh, differs };
}

/** The reply as a journal would have it. */
function journaled(about: 'action' | 'gate', reply: Reply): GuardrailAnsweredEvent['answer'] {
  if (about === 'action') return readDecision(reply);
  const ruling = readGateRuling(reply);
  return isFailure(ruling) ? ruling : { effect: ruling.ruling, reason: ruling.reason };
}

function withoutReason({ reason: _, ...rest }: GuardrailAnsweredEvent['answer']): unknown {
  return rest;
}
