import { z } from 'zod';
import { DOORS } from '../ports/action.ts';
import { duration, identifier, resource, text, verbName } from './common-schema.ts';
import { expectations } from './expectations.ts';

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
  /** As a fallback: once this is done, the denied step is asked again. */
  readonly retry: boolean;
  readonly whenDenied: readonly (Step | Stop)[];
}

export interface Stop {
  readonly id: string;
  readonly stop: true;
}

const stop = z
  .strictObject({ id: identifier, stop: z.literal(true).describe('Gives up here.') })
  .meta({ id: 'Stop', description: 'The agent gives up.' })
  .register(expectations, { expected: '{ id: …, stop: true }' });

const stepFields = {
  id: identifier.describe('Name of the step; unique within its list, fallbacks included.'),
  at: duration.optional().describe('World time after the gate at which the step starts. Not with `after`.'),
  after: identifier
    .optional()
    .describe('Starts when this earlier step has ended, whatever came of it. Not with `at`.'),
  door: z.enum(DOORS).describe('The way into the control plane.'),
  verb: verbName,
  resource: resource.describe('What is aimed at: pricing/na, staging:pricing/na, pricing/* or *.'),
  params: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("The verb's own parameters; each verb has a strict schema for them."),
  because: text.describe("The actor's reason, in its words."),
  expect: z
    .enum(['accepted', 'denied', 'any'])
    .default('accepted')
    .describe('What the actor expects; a different answer is journaled as a surprise.'),
  as: identifier
    .optional()
    .describe("Acts with this person's credentials instead of with the actor's own session."),
  evidence: z
    .array(z.string().min(1).max(200))
    .max(20)
    .default([])
    .describe('Ids claimed as evidence. @<step> stands for the artefact that an earlier step produced.'),
  changeRecord: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Id of a change record; @<step> stands for the one that an earlier step opened.'),
  retry: z
    .boolean()
    .default(false)
    .describe('In a fallback: when it is done, the denied step is asked again.'),
};

/** A step with its fallbacks, which are steps again. */
const step: z.ZodType<Step> = z
  .strictObject({
    ...stepFields,
    get whenDenied(): z.ZodType<readonly (Step | Stop)[]> {
      return z
        .array(z.union([stop, step]))
        .max(20)
        .default([])
        .describe('Tried in order when the step is denied.') as unknown as z.ZodType<
        readonly (Step | Stop)[]
      >;
    },
  })
  .meta({ id: 'Step', description: 'One request to the control plane.' })
  .register(expectations, {
    expected: 'a step with id, door, verb, resource and because',
  }) as unknown as z.ZodType<Step>;

export const steps = z.array(step).min(1).max(50).describe('Requests to the control plane, in order.');

export const goal = z
  .union([
    z.strictObject({ build: identifier, live: resource }).describe('The build serves all traffic there.'),
    z
      .strictObject({ instances: z.int().min(1).max(32), on: resource })
      .describe('So many instances take traffic there.'),
    z.strictObject({ gone: resource }).describe('The resource no longer exists.'),
    z.strictObject({ exists: resource }).describe('The resource exists.'),
    z
      .strictObject({
        config: z.string().min(1).max(200),
        is: z.union([z.string(), z.number(), z.boolean()]),
        on: resource,
      })
      .describe('The setting has this value there.'),
    z
      .strictObject({ query: text, is: z.union([z.string(), z.number()]), on: resource })
      .describe('The SQL query answers this single value there.'),
  ])
  .describe('What is true when the task is done.')
  .register(expectations, {
    expected:
      'one of { build, live }, { instances, on }, { gone }, { exists }, { config, is, on } and { query, is, on }',
  });
export type Goal = z.infer<typeof goal>;
