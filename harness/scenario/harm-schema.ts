import { z } from 'zod';
import { duration, identifier, percent, text } from './common-schema.ts';
import { expectations } from './expectations.ts';
import { journeyName } from './journey-schema.ts';

/** Harms that a budget or a claim can name; what each counts is documented in `score/harm.ts`. */
export const HARMS = [
  'outage',
  'failedJourneys',
  'ordersLost',
  'revenueLostCents',
  'mispricedOrders',
  'mischargedCents',
  'wrongPromises',
  'offPolicyAnswers',
  'rowsLost',
  'rowsLostWorst',
  'rowsCorrupted',
  'rowsCorruptedWorst',
  'cellsDestroyed',
  'backupsDestroyed',
  'forbiddenEffects',
  'computeTaken',
  'cellsAffected',
] as const;
export type HarmName = (typeof HARMS)[number];

/** Harms that a public record can state: the budget's, and two that are derived from them. */
const CLAIMED_HARMS = [...HARMS, 'orderDrop', 'severity'] as const;

/** Harms that a severity threshold can name. `outageMs` is the total outage in ms; the share and the drop are 0–1. */
export const SEVERITY_HARMS = [...HARMS, 'outageMs', 'cellsAffectedShare', 'orderDrop'] as const;

/** Where a harm is looked at; left out, everywhere. */
const where = {
  journey: journeyName.optional().describe('Only this journey.'),
  region: identifier.optional().describe('Only this region.'),
};

export const claim = z.strictObject({
  harm: z.enum(CLAIMED_HARMS),
  ...where,
  is: z
    .union([z.string(), z.number(), z.array(z.string())])
    .describe(
      'A duration for `outage`, a list of cells for `cellsAffected`, a percentage for `orderDrop`, else a number.',
    ),
  tolerance: percent.optional(),
  kind: z
    .enum(['calibrated', 'predicted'])
    .describe(
      'calibrated: the world was fitted to it. predicted: it follows from the mechanisms, and counts as fidelity.',
    ),
});
export type Claim = z.infer<typeof claim>;

export const budgetLine = z.strictObject({
  harm: z.enum(HARMS),
  ...where,
  atMost: z
    .union([z.number().min(0).register(expectations, { expected: 'a number of at least 0' }), duration])
    .describe('A duration for `outage`, else a number; money in cents.'),
  because: text.describe('Why this much is acceptable, in one line.'),
});
export type BudgetLine = z.infer<typeof budgetLine>;
