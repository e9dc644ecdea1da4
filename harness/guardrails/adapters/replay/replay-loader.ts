import type { GuardrailEntry } from '../../../ports/guardrail.ts';
import type { AdapterLoader } from '../../create-chain.ts';
import { brokenSeat, type Question, type Reply, type Seat } from '../../host/seat.ts';
import type { AdapterDefinition } from '../adapter.ts';
import { type Drift, driftOf } from './drift.ts';
import { type RecordedAnswers, replyOf } from './recorded-answers.ts';

export interface ReplayOptions {
  readonly definitions: ReadonlyMap<string, AdapterDefinition>;
  readonly answers: RecordedAnswers;
  /** Asks each question afresh as well, for comparison; the run goes by the recorded answers all the same. */
  readonly fresh: AdapterLoader | null;
  readonly onDrift: (drift: Drift) => void;
  /** Told of a question without a recorded answer: the run then proves nothing. */
  readonly onMissing: (question: string) => void;
}

/** Seats adapters that answer from a journal. No service is asked unless `fresh` is given. */
export function createReplayLoader(options: ReplayOptions): AdapterLoader {
  const { definitions, answers, fresh } = options;
  return {
    names: [...definitions.keys()],
    load: async entry => {
      const reason = answers.notLoaded(entry.id);
      if (reason !== null) return brokenSeat(reason);
      return replaySeat(entry, (await fresh?.load(entry)) ?? null, options);
    },
    close: async () => {
      await fresh?.close();
    },
  };
}

function replaySeat(entry: GuardrailEntry, fresh: Seat | null, options: ReplayOptions): Seat {
  const definition = options.definitions.get(entry.use);
  const parsed = definition?.options.safeParse(entry.options);
  const powers = parsed?.success === true ? definition?.powers?.(parsed.data) : undefined;
  const { decide = true, gateRollout = false } = powers ?? {};
  return {
    failure: null,
    powers: { decide, gateRollout, watch: false, carriedOut: false, rolloutPlan: null },
    ask: async (question, nowMs) => answer(entry.id, question, { nowMs, fresh, options }),
    tell: () => null,
    close: async () => {
      await fresh?.close();
    },
  };
}

async function answer(
  guardrail: string,
  question: Question,
  { nowMs, fresh, options }: { nowMs: number; fresh: Seat | null; options: ReplayOptions },
): Promise<Reply> {
  const about = question.kind === 'gateRollout' ? 'gate' : 'action';
  const subject = subjectOf(question);
  const recorded = options.answers.next(guardrail, about, subject);
  if (recorded === null) {
    const reason = `the journal has no answer of ${guardrail} to ${about} ${subject}`;
    options.onMissing(reason);
    return { answered: false, fault: 'not-loaded', reason };
  }
  if (fresh !== null) {
    const drift = driftOf(recorded, about, await fresh.ask(question, nowMs));
    if (drift !== null) options.onDrift(drift);
  }
  return replyOf(recorded);
}

function subjectOf(question: Question): string {
  switch (question.kind) {
    case 'decide':
      return question.about.id;
    case 'gateRollout':
      return question.about.rolloutId;
    case 'watch':
      return '';
  }
}
