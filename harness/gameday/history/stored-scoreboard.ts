import { z } from 'zod';
import { GAME_DAY_SCHEMA, type Scoreboard } from '../scoreboard.ts';
import { friction, score, verdict } from './stored-parts.ts';

const count = z.number().int().min(0);

/** What a history reads of `gameday.json`; a file without it is of another version, or somebody else's. */
const storedScoreboard = z.looseObject({
  schema: z.literal(GAME_DAY_SCHEMA),
  gameDay: z.string(),
  runId: z.string(),
  stack: z.string(),
  seeds: z.array(z.string()),
  suiteHash: z.string(),
  exit: z.looseObject({ code: z.number(), name: z.string() }),
  profiles: z.array(
    z.looseObject({
      run: z.string(),
      profile: z.string(),
      profileDigest: z.string(),
      baseline: z.boolean(),
      suiteHash: z.string(),
      verdicts: z.looseObject({ contained: count, escaped: count, inconclusive: count, neverRun: count }),
      ...{ score, friction },
      scenarios: z.array(
        z.looseObject({
          id: z.string(),
          verdict,
          stage: z.string().nullable(),
          containmentRatio: z.number().nullable(),
          overBlocked: z.boolean(),
          benign: z.enum(['allowed', 'late', 'blocked', 'unknown']),
          scenarioDigest: z.string(),
          worldDigest: z.string(),
        }),
      ),
    }),
  ),
});

export function isScoreboard(value: unknown): value is Scoreboard {
  return storedScoreboard.safeParse(value).success;
}
