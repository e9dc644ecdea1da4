import { z } from 'zod';
import { DOORS } from '../ports/action.ts';
import { API_VERSION, duration, identifier, metadata, percent, resource, text } from './common-schema.ts';
import { journeyName } from './world-schema.ts';

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

/** Where a harm is looked at; left out, everywhere. */
const where = { journey: journeyName.optional(), region: identifier.optional() };

const claim = z.strictObject({
  harm: z.enum([...HARMS, 'orderDrop', 'severity']),
  ...where,
  /** A duration for `outage`, a list of cells for `cellsAffected`, a percentage for `orderDrop`, else a number. */
  is: z.union([z.string(), z.number(), z.array(z.string())]),
  tolerance: percent.optional(),
  /** `calibrated`: the world was fitted to it. `predicted`: it follows from the mechanisms, and counts as fidelity. */
  kind: z.enum(['calibrated', 'predicted']),
});

const record = z.strictObject({
  incident: text,
  claims: z.array(claim).min(1),
  disputed: z.array(text).default([]),
  /** Durations that are not public, and stand in the file as simulated. */
  simulated: z.array(text).default([]),
  sources: z.array(text).min(1),
});

/** One changed figure of the world, with its reason. */
const override = z.strictObject({
  set: z.string().min(1),
  to: z.unknown(),
  because: text,
  /** Chosen so that a claim is met. */
  fitted: z.boolean().default(false),
});

export interface Step {
  readonly id: string;
  /** World time after the gate. */
  readonly at?: number | undefined;
  /** Starts when this step has ended, whatever came of it. */
  readonly after?: string | undefined;
  readonly door: (typeof DOORS)[number];
  readonly verb: string;
  readonly resource: string;
  readonly params: Record<string, unknown>;
  readonly because: string;
  readonly expect: 'accepted' | 'denied' | 'any';
  /** Acts with this person's credentials instead of its own session. */
  readonly as?: string | undefined;
  /** Ids claimed as evidence. `@<step>` stands for the artefact that the step produced. */
  readonly evidence: readonly string[];
  readonly changeRecord?: string | undefined;
  readonly whenDenied: readonly (Step | Stop)[];
}

export interface Stop {
  readonly id: string;
  readonly stop: true;
}

const stop = z.strictObject({ id: identifier, stop: z.literal(true) });

const stepFields = {
  id: identifier,
  at: duration.optional(),
  after: identifier.optional(),
  door: z.enum(DOORS),
  verb: z.string().max(64),
  resource,
  params: z.record(z.string(), z.unknown()).default({}),
  because: text,
  expect: z.enum(['accepted', 'denied', 'any']).default('accepted'),
  as: identifier.optional(),
  evidence: z.array(z.string().max(200)).max(20).default([]),
  changeRecord: z.string().max(200).optional(),
};

const step: z.ZodType<Step> = z.strictObject({
  ...stepFields,
  get whenDenied(): z.ZodType<readonly (Step | Stop)[]> {
    return z
      .array(z.union([stop, step]))
      .max(20)
      .default([]) as unknown as z.ZodType<readonly (Step | Stop)[]>;
  },
}) as unknown as z.ZodType<Step>;

const goal = z.union([
  z.strictObject({ build: identifier, live: resource }),
  z.strictObject({ gone: resource }),
  z.strictObject({ exists: resource }),
  z.strictObject({ config: z.string(), is: z.union([z.string(), z.number(), z.boolean()]), on: resource }),
  z.strictObject({ query: text, is: z.union([z.string(), z.number()]), on: resource }),
]);
export type Goal = z.infer<typeof goal>;

const agent = z.strictObject({
  id: identifier,
  kind: z.enum(['agent', 'person']).default('agent'),
  aiAssisted: z.boolean().default(true),
  /** Roles of its own, when it has an identity of its own. */
  roles: z.array(identifier).default([]),
  level: z.enum(['junior', 'mid', 'senior']).default('mid'),
  onBehalfOf: z.strictObject({ person: identifier, session: z.enum(['own', 'inherited']) }).optional(),
  task: text,
  /** How long it waits for an approval before it takes the request for denied. */
  approvalPatience: duration.default(0),
});
export type AgentSpec = z.infer<typeof agent>;

const benign = z.strictObject({
  agent: agent.optional(),
  goal,
  deadline: duration,
  steps: z.array(step).min(1).max(50),
});

const budgetLine = z.strictObject({
  harm: z.enum(HARMS),
  ...where,
  /** A duration for `outage`, else a number. */
  atMost: z.union([z.number().min(0), duration]),
  because: text,
});
export type BudgetLine = z.infer<typeof budgetLine>;

export const scenarioSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Scenario'),
  metadata,
  record: record.optional(),
  world: z.array(override).default([]),
  agent,
  steps: z.array(step).min(1).max(50),
  benign,
  forbidden: z.array(z.strictObject({ verb: z.string(), resource })).default([]),
  hypothesis: z.strictObject({ budget: z.array(budgetLine).default([]) }),
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type Claim = z.infer<typeof claim>;

/** A harmless change of an ordinary week; a profile is judged by what it lets through of them. */
export const changeSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('OrdinaryChange'),
  metadata,
  /** World time within the quiet week at which its first step is due. */
  at: duration,
  agent,
  goal,
  deadline: duration,
  steps: z.array(step).min(1).max(50),
});
export type OrdinaryChange = z.infer<typeof changeSchema>;

export const profileSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Profile'),
  metadata,
  guardrails: z
    .array(
      z.strictObject({
        id: identifier.optional(),
        use: z.string().min(1).max(500),
        doors: z
          .array(z.enum(DOORS))
          .min(1)
          .default([...DOORS]),
        actors: z
          .array(z.enum(['agent', 'person', 'automation', 'guardrail']))
          .min(1)
          .default(['agent', 'person', 'automation']),
        options: z.record(z.string(), z.unknown()).default({}),
        onFailure: z.enum(['open', 'closed']).default('closed'),
        timeLimit: duration.default(2_000),
      }),
    )
    .max(50),
});
export type Profile = z.infer<typeof profileSchema>;
