import { z } from 'zod';
import type { HeaderEvent } from '../journal/events.ts';
import { HarnessError } from '../kernel/errors.ts';
import { HARMS } from '../scenario/scenario-schema.ts';

const severity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type Severity = z.infer<typeof severity>;

const place = { journey: z.string().optional(), region: z.string().optional() };

const budgetLine = z.object({
  harm: z.enum(HARMS),
  ...place,
  atMost: z.number().min(0),
  because: z.string(),
});
export type ScoredBudgetLine = z.infer<typeof budgetLine>;

const claim = z.object({
  harm: z.enum([...HARMS, 'orderDrop', 'severity']),
  ...place,
  is: z.union([z.string(), z.number(), z.array(z.string())]),
  tolerance: z.number().optional(),
  kind: z.enum(['calibrated', 'predicted']),
});
export type ScoredClaim = z.infer<typeof claim>;

const scenario = z.object({
  metadata: z.object({ id: z.string(), title: z.string() }),
  record: z
    .object({
      incident: z.string(),
      claims: z.array(claim),
      disputed: z.array(z.string()).default([]),
      simulated: z.array(z.string()).default([]),
      sources: z.array(z.string()).default([]),
    })
    .optional(),
  hypothesis: z.object({ budget: z.array(budgetLine) }),
});

/**
 * The parts of a journal's plan that scoring reads (see `plan/plan.ts`); durations are milliseconds. A plan is checked
 * again here, since a journal may come from anywhere.
 */
const scoringPlan = z.object({
  scenario: scenario.nullable(),
  world: z.object({
    objective: z.number().min(0).max(1),
    noiseFloor: z.object({
      failedJourneys: z.number().min(0),
      ordersLost: z.number().min(0),
      revenueLostCents: z.number().min(0),
      outage: z.number().min(0),
    }),
    services: z.record(z.string(), z.object({ regions: z.array(z.string()) })),
    severity: z.array(
      z.object({
        severity,
        anyOf: z.array(z.object({ harm: z.string(), atLeast: z.number(), because: z.string() })),
      }),
    ),
  }),
  profile: z.object({ id: z.string(), guardrails: z.array(z.object({ id: z.string() })) }),
  changes: z.array(z.object({ metadata: z.object({ id: z.string() }) })).default([]),
  routes: z.array(z.object({ door: z.string(), verb: z.string(), inScript: z.boolean() })).default([]),
  gateMs: z.number().min(0),
  horizonMs: z.number().positive(),
});
export type ScoringPlan = z.infer<typeof scoringPlan>;

/** Reads the plan from a journal's header. `name` is used in errors. */
export function scoringPlanOf(header: HeaderEvent, name: string): ScoringPlan {
  const parsed = scoringPlan.safeParse(header.plan);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new HarnessError('file', {
    message: `could not score ${name}: the plan in its header lacks what scoring needs (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`,
    hint: 'The journal was changed, or written by another version. Run the scenario again.',
  });
}
