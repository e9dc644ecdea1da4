import type { ActionRequest, Constraints, GuardedAction } from '../ports/action.ts';
import type { Company } from './company.ts';

interface Charge {
  readonly phase: string;
  readonly durationMs: number;
}

/** One effect while it is carried out: what a verb needs to change the world and to account for it. */
export interface EffectRun {
  readonly company: Company;
  readonly action: GuardedAction;
  /** What guardrails narrowed the action to; null when they did not. */
  readonly constraints: Constraints | null;
  /** Notes that the world is no longer as it was, from here on, even if the effect fails later. */
  changed(): void;
  /** Lets the modelled duration pass in world time, and books it under the phase. */
  charge(phase: string, durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Does the work within the phase: what the work itself took counts, and the rest of the duration passes afterwards. */
  during<T>(phase: string, durationMs: number, work: () => Promise<T>): Promise<T>;
  /** Another action by the same actor on the same resource, as it would be judged; or what is wrong with it. */
  describe(other: Pick<ActionRequest, 'door' | 'verb' | 'params'>): GuardedAction | string;
}

/** What became of the run, for the journal. */
export interface EffectBook {
  readonly hasChanged: boolean;
  readonly charged: readonly Charge[];
}

export function createEffectRun(fields: Pick<EffectRun, 'company' | 'action' | 'constraints' | 'describe'>): {
  readonly run: EffectRun;
  readonly book: () => EffectBook;
} {
  const { clock } = fields.company.context;
  const charged: Charge[] = [];
  let hasChanged = false;
  const during = async <T>(
    phase: string,
    durationMs: number,
    work: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> => {
    const startedMs = clock.nowMs();
    try {
      const result = await work();
      const restMs = durationMs - (clock.nowMs() - startedMs);
      if (restMs > 0) await clock.sleep(restMs, signal);
      return result;
    } finally {
      const tookMs = clock.nowMs() - startedMs;
      if (tookMs > 0) charged.push({ phase, durationMs: tookMs });
    }
  };
  const run: EffectRun = {
    ...fields,
    changed: () => {
      hasChanged = true;
    },
    charge: (phase, durationMs, signal) => during(phase, durationMs, async () => undefined, signal),
    during,
  };
  return { run, book: () => ({ hasChanged, charged }) };
}
