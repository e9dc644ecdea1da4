import { z } from 'zod';
import { HarnessError } from '../kernel/errors.ts';
import { SCORECARD_SCHEMA, type Scorecard } from '../score/scorecard.ts';
import type { RunReader } from './open-run.ts';

/** What a stored scorecard must have at least for the views to stand on it. */
const storedCard = z.looseObject({
  schema: z.literal(SCORECARD_SCHEMA),
  runId: z.string(),
  profile: z.string(),
  scenarios: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      verdict: z.enum(['contained', 'escaped', 'inconclusive']),
      arms: z.looseObject({}),
      routes: z.array(z.looseObject({})),
      attribution: z.array(z.looseObject({})),
      fidelity: z.array(z.looseObject({})),
      budget: z.array(z.looseObject({})),
    }),
  ),
  score: z.looseObject({}),
  friction: z.looseObject({}),
  exit: z.looseObject({
    code: z.number(),
    name: z.string(),
    reasons: z.array(z.looseObject({ because: z.string() })),
  }),
});

/** The run's scorecard: the stored one, else the journals scored again. `notice` says why there is none. */
export function readCard(reader: Pick<RunReader, 'readText' | 'rescore' | 'directory'>): {
  readonly card: Scorecard | null;
  readonly notice: string | null;
} {
  const text = reader.readText('scorecard.json');
  const stored = text === null ? null : storedIn(text);
  if (stored !== null) return { card: stored, notice: null };
  const why = text === null ? 'There is no scorecard' : 'scorecard.json is none that this version reads';
  if (reader.rescore === null) return { card: null, notice: `${why}; verdicts are not known yet.` };
  try {
    return { card: reader.rescore(), notice: `${why}: the journals were scored again for this review.` };
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return { card: null, notice: `${why}, and the journals could not be scored: ${error.message}.` };
  }
}

function storedIn(text: string): Scorecard | null {
  try {
    const parsed = storedCard.safeParse(JSON.parse(text));
    return parsed.success ? (parsed.data as unknown as Scorecard) : null;
  } catch {
    return null;
  }
}
