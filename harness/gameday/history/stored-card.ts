import { z } from 'zod';
import { SCORECARD_SCHEMA, type Scorecard } from '../../score/scorecard.ts';
import { attribution, friction, score, verdict } from './stored-parts.ts';

/** What a history reads of a scorecard; a file without it is of another version, or somebody else's. */
const storedCard = z.looseObject({
  schema: z.literal(SCORECARD_SCHEMA),
  runId: z.string(),
  profile: z.string(),
  stack: z.string(),
  seeds: z.array(z.string()),
  suiteHash: z.string(),
  neverRun: z.array(z.string()),
  exit: z.looseObject({ code: z.number(), name: z.string() }),
  ...{ score, friction },
  scenarios: z.array(
    z.looseObject({
      id: z.string(),
      verdict,
      stage: z.string().nullable(),
      containmentRatio: z.number().nullable(),
      overBlocked: z.boolean(),
      arms: z.looseObject({}),
      attribution,
    }),
  ),
});

export function isStoredCard(value: unknown): value is Scorecard {
  return storedCard.safeParse(value).success;
}
