import { messageOf } from '../../kernel/errors.ts';
import type { GuestFault } from '../../ports/action.ts';
import type { GuardrailEntry } from '../../ports/guardrail.ts';
import { type Outside, OutsideFailure } from '../../ports/outside.ts';
import { brokenSeat, type Exchange, type Question, type Reply, type Seat } from '../host/seat.ts';
import {
  type AdapterAnswer,
  type AdapterDefinition,
  AdapterFault,
  type AdapterInstance,
  type Notes,
} from './adapter.ts';
import { redactDeep } from './support/redact-deep.ts';
import { loadTranslator } from './translation/load-map.ts';

/** Calls `onExpired` after `durationMs` of real time, unless cancelled before. Made at the command line. */
type RealDeadline = (durationMs: number, onExpired: () => void) => () => void;

export interface AdapterSeatDeps {
  readonly outside: Outside;
  readonly realDeadline: RealDeadline;
  /** Holds virtual time until a service has answered: `VirtualClock.waitOutside`. */
  readonly waitOutside: <T>(answer: Promise<T>) => Promise<T>;
}

/** Real time given to an adapter besides the service's own limit, so that the service's failure is told by its name. */
const GRACE_MS = 250;

/** Seats a guardrail that the user runs already. Whatever its service does costs this one answer. Never rejects. */
export async function createAdapterSeat(
  definition: AdapterDefinition,
  entry: GuardrailEntry,
  deps: AdapterSeatDeps,
): Promise<Seat> {
  const options = definition.options.safeParse(entry.options);
  if (!options.success) {
    const first = options.error.issues[0];
    return brokenSeat(`its options are wrong at ${first?.path.join('.') || 'their root'}: ${first?.message}`);
  }
  const redact = (text: string) => deps.outside.redact(text);
  let worldMs = 0;
  let instance: AdapterInstance;
  try {
    instance = await definition.open(options.data, {
      outside: deps.outside,
      words: await loadTranslator(mapOf(entry), deps.outside),
      nowMs: () => worldMs,
      timeLimitMs: entry.timeLimitMs,
    });
  } catch (error) {
    return brokenSeat(redact(messageOf(error)));
  }
  const { decide = true, gateRollout = false } = definition.powers?.(options.data) ?? {};
  return {
    failure: null,
    powers: { decide, gateRollout, watch: false, carriedOut: false, rolloutPlan: null },
    ask: (question, nowMs) => {
      worldMs = nowMs;
      return deps.waitOutside(askInTime(instance, question, { ...deps, entry }));
    },
    tell: () => null,
    close: () => instance.close(),
  };
}

function mapOf(entry: GuardrailEntry): string | undefined {
  return typeof entry.options.map === 'string' ? entry.options.map : undefined;
}

/** Asks, and stops waiting when the entry's time is over, whatever the adapter does then. */
function askInTime(
  instance: AdapterInstance,
  question: Question,
  deps: AdapterSeatDeps & { readonly entry: GuardrailEntry },
): Promise<Reply> {
  const { timeLimitMs } = deps.entry;
  const record = noteDown();
  const exchange = () => redactDeep(record.exchange(), text => deps.outside.redact(text)) as Exchange;
  return new Promise(resolve => {
    const cancel = deps.realDeadline(timeLimitMs + GRACE_MS, () => {
      const reason = `it gave no answer within ${timeLimitMs} ms`;
      resolve({ answered: false, fault: 'timed-out', reason, exchange: exchange() });
    });
    put(instance, question, record.notes).then(
      ({ answer, why }) => {
        cancel();
        const value = redactDeep(answer, text => deps.outside.redact(text));
        const said = why === undefined ? {} : { why: deps.outside.redact(why) };
        resolve({ answered: true, value, ...said, exchange: exchange() });
      },
      (error: unknown) => {
        cancel();
        const failure = failureOf(error);
        resolve({ ...failure, reason: deps.outside.redact(failure.reason), exchange: exchange() });
      },
    );
  });
}

async function put(
  instance: AdapterInstance,
  question: Question,
  notes: Notes,
): Promise<AdapterAnswer<unknown>> {
  switch (question.kind) {
    case 'decide':
      return (await instance.decide?.(question.about, notes)) ?? { answer: undefined };
    case 'gateRollout':
      return (await instance.gateRollout?.(question.about, notes)) ?? { answer: undefined };
    case 'watch':
      return { answer: [] };
  }
}

type Unanswered = Extract<Reply, { answered: false }>;

function failureOf(error: unknown): Unanswered {
  if (error instanceof AdapterFault) {
    const { fault, message, countsAs } = error;
    return { answered: false, fault, reason: message, ...(countsAs === null ? {} : { countsAs }) };
  }
  if (error instanceof OutsideFailure)
    return { answered: false, fault: FAULTS[error.fault], reason: error.message };
  return { answered: false, fault: 'threw', reason: `its adapter threw: ${messageOf(error)}` };
}

const FAULTS: Readonly<Record<OutsideFailure['fault'], GuestFault>> = {
  timeout: 'timed-out',
  unreachable: 'unreachable',
  'broken-off': 'unreachable',
  'too-large': 'nonsense',
  redirected: 'nonsense',
  'bad-tls': 'unreachable',
  'not-found': 'not-loaded',
  unreadable: 'nonsense',
};

/** The first request and the last response of one question. */
function noteDown(): { readonly notes: Notes; exchange(): Exchange } {
  let request: unknown = null;
  let response: unknown = null;
  return {
    notes: {
      sent: value => {
        request = value;
      },
      received: value => {
        response = value;
      },
    },
    exchange: () => ({ request, response }),
  };
}
