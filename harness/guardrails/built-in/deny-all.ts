import { z } from 'zod';
import { defineGuardrail } from '../guardrail.ts';

/** The brake that is always on: the control that shows what refusing everything costs. */
export const denyAll = defineGuardrail({
  name: 'deny-all',
  summary: 'Refuses every action that changes anything, in every environment.',
  options: z.strictObject({}),
  create: () => ({
    decide: action =>
      action.footprint.readOnly
        ? { effect: 'allow', reason: 'it changes nothing' }
        : { effect: 'deny', reason: 'every change is refused', remedies: [] },
  }),
});
