import type { z } from 'zod';
import type { Decision, GuardedAction } from '../../ports/action.ts';
import type { GuardrailDefinition, GuardrailInstance } from '../../ports/guardrail.ts';
import { readDecision } from '../host/read-reply.ts';

/** One guardrail with its options as a file has them, and a clock that the test moves by hand. */
export interface GuardrailForTest {
  readonly instance: GuardrailInstance;
  readonly clock: { nowMs: number };
  /** Asks, and checks that the answer is a lawful decision. */
  decide(action: GuardedAction): Decision;
}

export function aGuardrail<Options extends z.ZodType>(
  definition: GuardrailDefinition<Options>,
  options: z.input<Options>,
): GuardrailForTest {
  const clock = { nowMs: 0 };
  const instance = definition.create(definition.options.parse(options), { nowMs: () => clock.nowMs });
  return {
    instance,
    clock,
    decide: action => {
      const decision = readDecision({ answered: true, value: instance.decide?.(action) });
      if (decision.effect === 'error' || decision.effect === 'undefined') throw new Error(decision.reason);
      return decision;
    },
  };
}
