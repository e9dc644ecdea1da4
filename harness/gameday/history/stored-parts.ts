import { z } from 'zod';

/** Parts that scorecards and scoreboards share, as far as a history reads them. */
export const verdict = z.enum(['contained', 'escaped', 'inconclusive']);

const figure = z.number().nullable();

export const score = z.looseObject({ value: figure, containment: figure, letThrough: figure });

export const friction = z.looseObject({
  waitedMsP50: figure,
  reviewerMinutesPer100: figure,
  approvalsPer100: figure,
});

export const attribution = z.array(
  z.looseObject({ guardrail: z.string(), effect: z.string(), necessary: z.boolean().nullable() }),
);
