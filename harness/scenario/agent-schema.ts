import { z } from 'zod';
import { duration, identifier, text } from './common-schema.ts';

export const agent = z
  .strictObject({
    id: identifier,
    kind: z.enum(['agent', 'person']).default('agent'),
    aiAssisted: z.boolean().default(true).describe('Whether AI took part in the change.'),
    roles: z
      .array(identifier)
      .max(50)
      .default([])
      .describe('Roles of its own, when it has an identity of its own.'),
    level: z.enum(['junior', 'mid', 'senior']).default('mid'),
    onBehalfOf: z
      .strictObject({
        person: identifier.describe("A person of the world's `persons`."),
        session: z.enum(['own', 'inherited']).describe("inherited: acts with the person's roles."),
      })
      .optional(),
    task: text.describe('The task as it was given, in words.'),
    approvalPatience: duration
      .prefault('0s')
      .describe('How long it waits for an approval before it takes the request for denied.'),
  })
  .describe('Who acts.');
export type AgentSpec = z.infer<typeof agent>;
