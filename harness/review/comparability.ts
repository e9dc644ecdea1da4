import { safeText } from '../report/safe-text.ts';
import type { RunStory, ScenarioStory } from './run-story.ts';

/** What was asked of a profile in one scenario; seeds in any order. */
export interface Question {
  readonly scenarioDigest: string;
  readonly worldDigest: string;
  readonly stack: string;
  readonly seeds: readonly string[];
}

/** Questions by scenario id, for runs whose journals do not tell them. */
export type Questions = ReadonlyMap<string, Question>;

export interface Comparability {
  /** Why nothing can be compared; null: something can. */
  readonly refusal: string | null;
  readonly pairs: readonly { readonly before: ScenarioStory; readonly after: ScenarioStory }[];
  /** Scenarios that are left out, and why. */
  readonly leftOut: readonly string[];
  /** Both runs asked exactly the same, so that scores compare. */
  readonly isSameSuite: boolean;
}

/** What is known of the two runs besides their stories. */
export interface KnownQuestions {
  readonly before: Questions;
  readonly after: Questions;
}

/**
 * Compares only what was asked alike: the same text of the scenario, the same world, seeds and stack. Another profile is
 * what a comparison is for.
 */
export function comparability(before: RunStory, after: RunStory, known?: KnownQuestions): Comparability {
  const leftOut: string[] = [];
  const isSameSuite =
    before.card !== null && after.card !== null && before.card.suiteHash === after.card.suiteHash;
  const differs = (a: Question | null, b: Question | null) =>
    // Where nobody can tell what one scenario asked, the hash of the whole suite does.
    (a === null || b === null) && isSameSuite ? null : whyNotAlike(a, b);
  const pairs = after.scenarios.flatMap(scenario => {
    const twin = before.scenarios.find(({ id }) => id === scenario.id);
    const id = safeText(scenario.id, 64);
    const why =
      twin === undefined
        ? 'it is in the later run only'
        : differs(questionOf(twin, before, known?.before), questionOf(scenario, after, known?.after));
    if (why !== null) leftOut.push(`${id}: ${why}`);
    return twin === undefined || why !== null ? [] : [{ before: twin, after: scenario }];
  });
  for (const { id } of before.scenarios) {
    if (!after.scenarios.some(scenario => scenario.id === id))
      leftOut.push(`${safeText(id, 64)}: it is in the earlier run only`);
  }
  if (!isSameSuite && pairs.length > 0)
    leftOut.push(
      'scores and friction: the two runs did not ask the same (scenarios, worlds, builds, seeds or stack)',
    );
  return { refusal: refusalOf(before, after, pairs.length), pairs, leftOut, isSameSuite };
}

/** Why the answers to two questions cannot be compared; null: they can. Null as a question: not known. */
export function whyNotAlike(a: Question | null, b: Question | null): string | null {
  if (a === null || b === null) return 'one of the two has no journal that can be read';
  if (a.scenarioDigest !== b.scenarioDigest) return 'the scenario was changed between the two';
  if (a.worldDigest !== b.worldDigest) return 'the world was changed between the two';
  if (a.stack !== b.stack) return `the stack differs (${a.stack} and ${b.stack})`;
  const [old, now] = [seedWords(a), seedWords(b)];
  return old === now ? null : `the seed differs (${safeText(old, 100)} and ${safeText(now, 100)})`;
}

function refusalOf(before: RunStory, after: RunStory, pairs: number): string | null {
  if (pairs > 0) return null;
  if (before.scenarios.length === 0 || after.scenarios.length === 0)
    return 'One of the two runs has no scenario that can be read.';
  return 'The two runs have no scenario that was asked alike, so nothing of them compares.';
}

function seedWords({ seeds }: Question): string {
  return [...new Set(seeds)].sort().join(', ');
}

function questionOf(
  { id, arms }: ScenarioStory,
  { card }: RunStory,
  known: Questions | undefined,
): Question | null {
  const identity =
    arms.guarded?.identity ?? arms.unguarded?.identity ?? arms.calm?.identity ?? arms.benign?.identity;
  if (identity === undefined || identity === null) return known?.get(id) ?? null;
  const { scenario, worldDigest, stack, seed } = identity;
  // A verdict is the worst over all seeds of the run, so that runs compare whose worst seeds differ.
  const seeds = Array.isArray(card?.seeds) && card.seeds.length > 0 ? card.seeds.map(String) : [seed];
  return { scenarioDigest: scenario.digest, worldDigest, stack, seeds };
}
