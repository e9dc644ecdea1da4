import { z } from 'zod';

const journeys = ['view-price', 'buy', 'look-at-account', 'ask-assistant', 'view-costs'] as const;

/** What a shopper can set out to do. */
export const journeyName = z.enum(journeys).describe('A journey of a shopper.');
export type JourneyName = z.infer<typeof journeyName>;
