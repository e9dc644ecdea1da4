import { z } from 'zod';
import { DOORS } from '../ports/action.ts';
import { API_VERSION, duration, identifier, metadata } from './common-schema.ts';

const guardrail = z
  .strictObject({
    id: identifier.optional().describe("Name in journal and reports; the guardrail's own when left out."),
    use: z
      .string()
      .min(1)
      .max(500)
      .describe('A built-in guardrail, or a module of your own: ./my-guardrail.js, beside this file.'),
    doors: z
      .array(z.enum(DOORS))
      .min(1)
      .max(20)
      .default([...DOORS])
      .describe('Doors at which it is asked; every door when left out.'),
    actors: z
      .array(z.enum(['agent', 'person', 'automation', 'guardrail']))
      .min(1)
      .max(20)
      .default(['agent', 'person', 'automation'])
      .describe('Kinds of actors that it rules on.'),
    options: z
      .record(z.string(), z.unknown())
      .default({})
      .describe("The guardrail's own options, by its own schema."),
    onFailure: z
      .enum(['open', 'closed'])
      .default('closed')
      .describe('What counts when it throws, hangs or answers nonsense: open lets through, closed refuses.'),
    timeLimit: duration.prefault('2s').describe('Most real time for one answer.'),
  })
  .describe('A protection under test, with its doors and options.');

export const profileSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Profile'),
  metadata,
  guardrails: z.array(guardrail).max(50).describe('In the order in which they are asked.'),
});
export type Profile = z.infer<typeof profileSchema>;
