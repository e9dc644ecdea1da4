import { z } from 'zod';
import { ADVICE_SCHEMA } from '../advice/advice-document.ts';
import { seedWords } from '../advice/seed-check.ts';
import { safeText } from '../report/safe-text.ts';

/** What a review reads of `advice.json`: sets of changes that were tried by re-run, the cheapest first. */
export interface Advice {
  readonly profile: string;
  /** False when the search was stopped before its end. */
  readonly isWhole: boolean;
  readonly scenarios: readonly ScenarioAdvice[];
  /** One set for all escapes; null where none was found, or there are fewer than two. */
  readonly together: AdvisedChange | null;
}

export interface ScenarioAdvice {
  readonly id: string;
  /** Changes that flip the verdict to contained. */
  readonly changes: readonly AdvisedChange[];
  /** Changes that were tried in all. */
  readonly tried: number;
  /** Why none was looked for; empty when there is nothing to say. */
  readonly note: string;
}

export interface AdvisedChange {
  /** What to change in the profile, in one line. */
  readonly summary: string;
  readonly guardrail: string;
  readonly verdict: string;
  /** What it costs on harmless work, in one line; empty when it was not measured. */
  readonly friction: string;
  /** At which seeds of the run it was tried, and what came of it; empty when that is not told. */
  readonly seeds: string;
  /** It keeps harmless work from going through in time. */
  readonly overBlocks: boolean;
  /** What changes in the profile's file, line by line. */
  readonly diff: readonly string[];
  /** Tests the changed profile again; empty when there is none. */
  readonly command: string;
}

const MOST_SCENARIOS = 200;
const MOST_CHANGES = 50;

const MOST_LINES = 100;

const seeds = z.array(z.string()).max(10_000);
const seedCheck = z.object({ contained: seeds, notContained: seeds, overBlocked: seeds, notTried: seeds });

const change = z.object({
  summary: z.string(),
  guardrail: z.string().catch(''),
  verdict: z.string(),
  friction: z.string().catch(''),
  seeds: seedCheck.nullable().catch(null),
  overBlocks: z.boolean().catch(false),
  diff: z.string().catch(''),
  command: z.string().catch(''),
});

const document = z.object({
  schema: z.literal(ADVICE_SCHEMA),
  profile: z.string(),
  isWhole: z.boolean().catch(true),
  scenarios: z
    .array(
      z.object({
        id: z.string(),
        tried: z.number().catch(0),
        note: z.string().catch(''),
        changes: z.array(change),
      }),
    )
    .max(MOST_SCENARIOS),
  together: change.nullable().catch(null),
});

/** Reads an advice document; null for what is none, or of a version that is not known. */
export function adviceOf(value: unknown): Advice | null {
  const parsed = document.safeParse(value);
  if (!parsed.success) return null;
  const { profile, isWhole, scenarios, together } = parsed.data;
  return {
    profile: safeText(profile, 64),
    isWhole,
    scenarios: scenarios.map(({ id, tried, note, changes }) => ({
      id: safeText(id, 64),
      tried,
      note: safeText(note),
      changes: changes.slice(0, MOST_CHANGES).map(advisedChange),
    })),
    together: together === null ? null : advisedChange(together),
  };
}

function advisedChange(told: z.infer<typeof change>): AdvisedChange {
  return {
    summary: safeText(told.summary),
    guardrail: safeText(told.guardrail, 64),
    verdict: safeText(told.verdict, 32),
    friction: safeText(told.friction),
    seeds: told.seeds === null ? '' : safeText(seedWords(told.seeds)),
    overBlocks: told.overBlocks,
    diff:
      told.diff.trimEnd() === '' ? [] : told.diff.trimEnd().split('\n').slice(0, MOST_LINES).map(diffLine),
    command: safeText(told.command, 1_000),
  };
}

/** The indent is part of what is pasted, and survives. */
function diffLine(line: string): string {
  const indent = /^[ +-] {0,40}/.exec(line)?.[0] ?? '';
  return indent + safeText(line.slice(indent.length));
}
