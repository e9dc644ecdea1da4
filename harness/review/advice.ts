import { z } from 'zod';
import { safeText } from '../report/safe-text.ts';

export const ADVICE_SCHEMA = 'brakecheck/advice/v1';

/** `advice.json` beside a scorecard: changes to the profile that were tried by re-run, the smallest first. */
export interface Advice {
  readonly profile: string;
  readonly scenarios: readonly ScenarioAdvice[];
}

export interface ScenarioAdvice {
  readonly id: string;
  /** Changes that flip the verdict to contained. */
  readonly changes: readonly AdvisedChange[];
  /** Changes that were tried in all. */
  readonly tried: number;
}

export interface AdvisedChange {
  /** What to change in the profile, in one line. */
  readonly summary: string;
  readonly guardrail: string;
  readonly verdict: string;
  /** What it costs on harmless work, in one line; empty when it was not measured. */
  readonly friction: string;
  /** Tests the changed profile again; empty when there is none. */
  readonly command: string;
}

const MOST_SCENARIOS = 200;
const MOST_CHANGES = 50;

const document = z.object({
  schema: z.literal(ADVICE_SCHEMA),
  profile: z.string(),
  scenarios: z
    .array(
      z.object({
        id: z.string(),
        tried: z.number().catch(0),
        changes: z.array(
          z.object({
            summary: z.string(),
            guardrail: z.string().catch(''),
            verdict: z.string(),
            friction: z.string().catch(''),
            command: z.string().catch(''),
          }),
        ),
      }),
    )
    .max(MOST_SCENARIOS),
});

/** Reads an advice document; null for what is none, or of a version that is not known. */
export function adviceOf(value: unknown): Advice | null {
  const parsed = document.safeParse(value);
  if (!parsed.success) return null;
  return {
    profile: safeText(parsed.data.profile, 64),
    scenarios: parsed.data.scenarios.map(({ id, tried, changes }) => ({
      id: safeText(id, 64),
      tried,
      changes: changes.slice(0, MOST_CHANGES).map(change => ({
        summary: safeText(change.summary),
        guardrail: safeText(change.guardrail, 64),
        verdict: safeText(change.verdict, 32),
        friction: safeText(change.friction),
        command: safeText(change.command, 1_000),
      })),
    })),
  };
}
