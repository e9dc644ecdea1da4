import type { z } from 'zod';
import type { Answer, Decision, GuestFault } from '../../ports/action.ts';
import type { GateRuling, WatchAnswer } from '../../ports/guardrail.ts';
import { decisionSchema, findingsSchema, gateRulingSchema } from './answer-schema.ts';
import { cleanText } from './clean-text.ts';
import type { Reply } from './seat.ts';

/** A reply that is no usable answer. */
export type Failure = Extract<Answer, { effect: 'error' | 'undefined' }>;

/** Checks a reply to `decide`. */
export function readDecision(reply: Reply): Decision | Failure {
  return readReply<Decision>(reply, decisionSchema);
}

/** Checks a reply to `gateRollout`. */
export function readGateRuling(reply: Reply): GateRuling | Failure {
  return readReply<GateRuling>(reply, gateRulingSchema);
}

/** Checks a reply to `watch`. */
export function readFindings(reply: Reply): WatchAnswer | Failure {
  return readReply<WatchAnswer>(reply, findingsSchema);
}

/** What a failure counts as: what it means where it happened, else what the profile says. */
export function countsAs(reply: Reply, onFailure: 'open' | 'closed'): 'open' | 'closed' {
  return reply.answered ? onFailure : (reply.countsAs ?? onFailure);
}

export function isFailure(answer: object): answer is Failure {
  return 'effect' in answer && (answer.effect === 'error' || answer.effect === 'undefined');
}

function readReply<T>(reply: Reply, schema: z.ZodType<T>): T | Failure {
  if (!reply.answered) return failure(reply.fault, reply.reason);
  if (reply.value === undefined) {
    return { effect: 'undefined', reason: cleanText(reply.why ?? 'it gave no answer') };
  }
  try {
    const read = schema.safeParse(reply.value);
    if (read.success) return read.data;
    const first = read.error.issues[0];
    return failure(
      'nonsense',
      `its answer is none at ${first?.path.join('.') || 'its root'}: ${first?.message}`,
    );
  } catch (error) {
    // A guest's object may carry getters that throw when they are read.
    return failure('nonsense', `its answer could not be read: ${String(error)}`);
  }
}

function failure(fault: GuestFault, reason: string): Failure {
  return { effect: 'error', fault, reason: cleanText(reason) };
}
