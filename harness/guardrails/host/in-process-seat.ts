import { messageOf } from '../../kernel/errors.ts';
import type { GuardrailContext, GuardrailDefinition, GuardrailInstance } from '../../ports/guardrail.ts';
import { constraintsSchema } from './answer-schema.ts';
import { brokenSeat, type Question, type Reply, type Seat } from './seat.ts';

/** Seats a guardrail in this thread: for the built-ins, which are ours and bounded. */
export function createInProcessSeat(
  definition: GuardrailDefinition,
  options: Readonly<Record<string, unknown>>,
  context: GuardrailContext,
): Seat {
  try {
    const parsed = definition.options.safeParse(options);
    if (!parsed.success) {
      const first = parsed.error.issues[0];
      return brokenSeat(
        `its options are wrong at ${first?.path.join('.') || 'their root'}: ${first?.message}`,
      );
    }
    return seatOf(definition.create(parsed.data, context));
  } catch (error) {
    return brokenSeat(`it could not be created: ${messageOf(error)}`);
  }
}

function seatOf(instance: GuardrailInstance): Seat {
  const plan = instance.rolloutPlan === undefined ? null : constraintsSchema.parse(instance.rolloutPlan);
  return {
    failure: null,
    powers: {
      decide: instance.decide !== undefined,
      gateRollout: instance.gateRollout !== undefined,
      watch: instance.watch !== undefined,
      carriedOut: instance.carriedOut !== undefined,
      rolloutPlan: plan,
    },
    ask: question => askInstance(instance, question),
    tell: action => {
      try {
        instance.carriedOut?.(action);
        return null;
      } catch (error) {
        return messageOf(error);
      }
    },
    close: async () => {},
  };
}

async function askInstance(instance: GuardrailInstance, question: Question): Promise<Reply> {
  try {
    return { answered: true, value: await put(instance, question) };
  } catch (error) {
    return { answered: false, fault: 'threw', reason: `it threw: ${messageOf(error)}` };
  }
}

function put(instance: GuardrailInstance, question: Question): unknown {
  switch (question.kind) {
    case 'decide':
      return instance.decide?.(question.about);
    case 'gateRollout':
      return instance.gateRollout?.(question.about);
    case 'watch':
      return instance.watch?.(question.about);
  }
}
