import { z } from 'zod';
import { agent } from './agent-schema.ts';
import { API_VERSION, duration, metadata, resource, text, verbName } from './common-schema.ts';
import { budgetLine, claim } from './harm-schema.ts';
import { goal, steps } from './step-schema.ts';

export type { AgentSpec } from './agent-schema.ts';
export { type BudgetLine, HARMS, type HarmName } from './harm-schema.ts';
export { type Profile, profileSchema } from './profile-schema.ts';
export type { Goal, Step, Stop } from './step-schema.ts';

const record = z
  .strictObject({
    incident: text,
    claims: z.array(claim).min(1).max(100),
    disputed: z.array(text).max(100).default([]).describe('What is contested, and by whom.'),
    simulated: z
      .array(text)
      .max(100)
      .default([])
      .describe('Durations that are not public, and stand in the file as simulated.'),
    sources: z.array(text).min(1).max(100),
  })
  .describe('Replays only: what is publicly documented of the incident.');

const override = z
  .strictObject({
    set: z
      .string()
      .min(1)
      .max(200)
      .describe('Dotted path in the world file: services.pricing.poolMax, persons[engineer-17].level.'),
    to: z.unknown().describe('The new value, written as in the world file.'),
    because: text,
    fitted: z.boolean().default(false).describe('Chosen so that a claim is met.'),
  })
  .describe('One changed figure of the world, with its reason.');
export type Override = z.infer<typeof override>;

const benign = z
  .strictObject({
    agent: agent.optional().describe("Who does it; the mistake's agent when left out."),
    goal,
    deadline: duration.describe('World time after the gate by which the goal must be live.'),
    steps,
  })
  .describe('The same task done properly. It names no guardrail; its agent obtains what is required.');

export const scenarioSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Scenario'),
  metadata,
  record: record.optional(),
  world: z.array(override).max(200).default([]).describe('Changes of the default world.'),
  agent,
  steps,
  benign,
  forbidden: z
    .array(z.strictObject({ verb: verbName, resource }))
    .max(100)
    .default([])
    .describe('Effects that nobody authorised for this task.'),
  hypothesis: z
    .strictObject({
      budget: z.array(budgetLine).max(100).default([]).describe('Harms not listed have a budget of 0.'),
    })
    .describe('The blast radius that is acceptable.'),
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** A harmless change of an ordinary week; a profile is judged by what it lets through of them. */
export const changeSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('OrdinaryChange'),
  metadata,
  at: duration.describe('World time within the quiet week at which its first step is due.'),
  agent,
  goal,
  deadline: duration.describe('World time after `at` by which the goal must be live.'),
  steps,
});
export type OrdinaryChange = z.infer<typeof changeSchema>;
