import type { Question, Reply, Seat } from '../host/seat.ts';
import type { StressFault } from './stress-fault.ts';

/**
 * The seat of a guardrail that fails in this way, for guardrails that have no wire between us and them. What the seat
 * says is checked by the host as any answer is. Whoever never answers imposes no waves and hears of nothing either.
 */
export function createFaultySeat(seat: Seat, fault: StressFault, timeLimitMs: number): Seat {
  if (fault === 'stale') return { ...seat, ask: staleAsk(seat) };
  if (fault === 'flapping') return { ...seat, ask: flappingAsk(seat) };
  const reply = REPLIES[fault](timeLimitMs);
  return {
    failure: null,
    powers: { ...seat.powers, rolloutPlan: null, carriedOut: false },
    ask: () => reply,
    tell: () => null,
    close: () => seat.close(),
  };
}

const DOWN: Reply = { answered: false, fault: 'unreachable', reason: 'stress: it is down' };

const REPLIES: Readonly<Record<Exclude<StressFault, 'stale' | 'flapping'>, (timeLimitMs: number) => Reply>> =
  {
    down: () => DOWN,
    slow: timeLimitMs => timedOut(`its answer came after ${timeLimitMs} ms`),
    hanging: timeLimitMs => timedOut(`it gave no answer within ${timeLimitMs} ms`),
    '500': () => ({ answered: false, fault: 'failed', reason: 'stress: it says that it failed' }),
    garbage: () => ({ answered: true, value: { effect: '<!doctype html>', ruling: 500, reason: [] } }),
    undefined: () => ({ answered: true, value: undefined, why: 'stress: it rules nothing' }),
  };

function timedOut(reason: string): Reply {
  return { answered: false, fault: 'timed-out', reason: `stress: ${reason}` };
}

/** The guardrail goes on being asked, so that it stays what it is; its answers lag by one question of their kind. */
function staleAsk(seat: Seat): Seat['ask'] {
  const last = new Map<Question['kind'], Reply>();
  return async (question, nowMs) => {
    const own = await seat.ask(question, nowMs);
    const before = last.get(question.kind) ?? own;
    last.set(question.kind, own);
    return before;
  };
}

function flappingAsk(seat: Seat): Seat['ask'] {
  let asked = 0;
  return (question, nowMs) => {
    asked += 1;
    return asked % 2 === 1 ? DOWN : seat.ask(question, nowMs);
  };
}
