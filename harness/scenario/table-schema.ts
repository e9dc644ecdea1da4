import { z } from 'zod';
import { duration, identifier, text } from './common-schema.ts';
import { scenarioSelector } from './game-day-words.ts';

/** Kinds of people whose decisions somebody in the room can take: the roles of `person` events in the journal. */
const PLAYED_ROLES = ['operator', 'on-call', 'reviewer'] as const;

const role = z
  .strictObject({
    id: identifier.describe('Name of the seat, never of the person who sits in it.'),
    kind: z
      .enum(['facilitator', 'participant'])
      .describe('A facilitator sees everything; a participant what that person of the company would see.'),
    plays: z
      .array(z.enum(PLAYED_ROLES))
      .max(3)
      .default([])
      .describe('Whose decisions it takes; the run pauses at each. None: it watches.'),
  })
  .describe('A seat in the room.');

const inject = z
  .strictObject({
    id: identifier,
    at: duration.describe('World time after the gate at which it is told.'),
    scenario: scenarioSelector.optional().describe('Only there; in every scenario when left out.'),
    to: z
      .array(identifier)
      .min(1)
      .max(20)
      .optional()
      .describe(
        'Seats that see it; every participant when left out. Facilitators always do, beforehand too.',
      ),
    text: text.describe('What is said, e.g. a call from a customer.'),
    note: text.optional().describe('For the facilitator alone: what it is for.'),
  })
  .describe('Something that participants learn of only when its time has come.');

/** A day with people in the room. */
export const tableSchema = z
  .strictObject({
    roles: z.array(role).min(1).max(20).describe('At least one facilitator.'),
    injects: z.array(inject).max(200).default([]),
    decideWithin: duration
      .optional()
      .describe(
        'Real time for one decision; the simulated person decides after that. The run waits as long as it takes when left out.',
      ),
    compare: z
      .boolean()
      .default(true)
      .describe('Also runs with simulated people, and compares what came of both.'),
  })
  .describe('A day with people in the room: seats, and what they learn when.');
export type TableSpec = z.infer<typeof tableSchema>;
