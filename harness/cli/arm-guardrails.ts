import { createAdapterLoader } from '../guardrails/adapters/adapter-loader.ts';
import { adapterGuardrails } from '../guardrails/adapters/registry.ts';
import type { Drift } from '../guardrails/adapters/replay/drift.ts';
import { createRecordedAnswers } from '../guardrails/adapters/replay/recorded-answers.ts';
import { createReplayLoader } from '../guardrails/adapters/replay/replay-loader.ts';
import type { AdapterLoader, WrapSeat } from '../guardrails/create-chain.ts';
import type { Asked } from '../guardrails/host/table.ts';
import type { AdapterUse, ArmExchange, ArmStress } from './arm-job.ts';
import { createOutside } from './outside/create-outside.ts';
import { realDeadline } from './real-deadline.ts';
import { stressedLoader, stressedSeats } from './stress/stress-arm.ts';

type WaitOutside = <T>(answer: Promise<T>) => Promise<T>;

/** What adapters and `explain` leave behind besides the journal. */
interface AdapterFindings {
  readonly exchanges: readonly ArmExchange[];
  readonly drifts: readonly Drift[];
  readonly missing: readonly string[];
}

export interface ArmGuardrails {
  readonly createAdapters: (waitOutside: WaitOutside) => AdapterLoader;
  readonly onAsked?: (asked: Asked) => void;
  readonly wrapSeat?: WrapSeat;
  readonly findings: AdapterFindings;
}

/** Most exchanges kept of one arm; an agent's mistake asks a few dozen questions. */
const MOST_KEPT = 10_000;

export interface GuardrailSettings {
  readonly use: AdapterUse;
  /** Where the profile's paths begin. */
  readonly moduleFolder: string;
  /** Keeps every exchange. */
  readonly keep: boolean;
  readonly stress: ArmStress | undefined;
}

/** How an arm's adapters ask: afresh, from a journal, or both; and which guardrail fails, when one is to. */
export function prepareGuardrails({ use, moduleFolder, keep, stress }: GuardrailSettings): ArmGuardrails {
  const exchanges: ArmExchange[] = [];
  const drifts: Drift[] = [];
  const missing: string[] = [];
  const openFresh = (waitOutside: WaitOutside): AdapterLoader => {
    const { outside, close } = createOutside(moduleFolder, process.env);
    const deps = { definitions: adapterGuardrails(), outside, realDeadline, waitOutside };
    const loader = createAdapterLoader({ ...deps, close });
    return stress === undefined ? loader : stressedLoader(loader, stress, deps);
  };
  return {
    createAdapters: waitOutside =>
      use.mode === 'ask'
        ? openFresh(waitOutside)
        : createReplayLoader({
            definitions: adapterGuardrails(),
            answers: createRecordedAnswers(use.answers),
            fresh: use.mode === 'compare' ? openFresh(waitOutside) : null,
            onDrift: drift => void (drifts.length < MOST_KEPT && drifts.push(drift)),
            onMissing: question => void (missing.length < MOST_KEPT && missing.push(question)),
          }),
    ...(keep
      ? { onAsked: asked => void (exchanges.length < MOST_KEPT && exchanges.push(exchangeOf(asked))) }
      : {}),
    ...(stress === undefined ? {} : { wrapSeat: stressedSeats(stress, adapterGuardrails()) }),
    findings: { exchanges, drifts, missing },
  };
}

/** A built-in, or a module, is handed the view itself, and its answer is all that comes back. */
function exchangeOf({ guardrail, about, view, reply, answer, countedAs }: Asked): ArmExchange {
  const { request, response } = reply.exchange ?? { request: view, response: null };
  const isOutside = reply.exchange !== undefined;
  const subject = 'rolloutId' in view ? view.rolloutId : view.id;
  const asked = 'rolloutId' in view ? `${view.service}/${view.region}` : `${view.verb} on ${view.resource}`;
  return { guardrail, about, subject, asked, isOutside, request, response, answer, countedAs };
}
