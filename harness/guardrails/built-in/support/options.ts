import { z } from 'zod';
import { duration } from '../../../scenario/common-schema.ts';

export const level = z.enum(['junior', 'mid', 'senior']);

export const tiers = z
  .array(z.union([z.literal(1), z.literal(2), z.literal(3)]))
  .min(1)
  .max(3)
  .default([1, 2, 3])
  .describe('Tiers of services that it rules on: 1 is what shoppers notice at once.');

export const expiresAfter = duration
  .prefault('8h')
  .describe('How long a request for approval stays open, in world time.');

export const exemptEmergency = z
  .boolean()
  .default(true)
  .describe(
    'Lets a senior person through who has opened an emergency change record; the review follows afterwards.',
  );
