import { safeText } from '../report/safe-text.ts';
import type { ArmIdentity } from './arm-identity.ts';
import type { RunStory, ScenarioStory } from './run-story.ts';

export interface Comparability {
  /** Why nothing can be compared; null: something can. */
  readonly refusal: string | null;
  readonly pairs: readonly { readonly before: ScenarioStory; readonly after: ScenarioStory }[];
  /** Scenarios that are left out, and why. */
  readonly leftOut: readonly string[];
  /** Both runs asked exactly the same, so that scores compare. */
  readonly isSameSuite: boolean;
}

/**
 * Compares only what was asked alike: the same text of the scenario, the same world, seed and stack. Another profile is
 * what a comparison is for.
 */
export function comparability(before: RunStory, after: RunStory): Comparability {
  const leftOut: string[] = [];
  const pairs = after.scenarios.flatMap(scenario => {
    const twin = before.scenarios.find(({ id }) => id === scenario.id);
    const id = safeText(scenario.id, 64);
    const why = twin === undefined ? 'it is in the later run only' : difference(twin, scenario);
    if (why !== null) leftOut.push(`${id}: ${why}`);
    return twin === undefined || why !== null ? [] : [{ before: twin, after: scenario }];
  });
  for (const { id } of before.scenarios) {
    if (!after.scenarios.some(scenario => scenario.id === id))
      leftOut.push(`${safeText(id, 64)}: it is in the earlier run only`);
  }
  const isSameSuite =
    before.card !== null && after.card !== null && before.card.suiteHash === after.card.suiteHash;
  if (!isSameSuite && pairs.length > 0)
    leftOut.push(
      'scores and friction: the two runs did not ask the same (scenarios, worlds, builds, seeds or stack)',
    );
  return { refusal: refusalOf(before, after, pairs.length), pairs, leftOut, isSameSuite };
}

function refusalOf(before: RunStory, after: RunStory, pairs: number): string | null {
  if (pairs > 0) return null;
  if (before.scenarios.length === 0 || after.scenarios.length === 0)
    return 'One of the two runs has no scenario that can be read.';
  return 'The two runs have no scenario that was asked alike, so nothing of them compares.';
}

function difference(before: ScenarioStory, after: ScenarioStory): string | null {
  const [a, b] = [identityOf(before), identityOf(after)];
  if (a === null || b === null) return 'one of the two has no journal that can be read';
  if (a.scenario.digest !== b.scenario.digest) return 'the scenario was changed between the two';
  if (a.worldDigest !== b.worldDigest) return 'the world was changed between the two';
  if (a.stack !== b.stack) return `the stack differs (${a.stack} and ${b.stack})`;
  if (a.seed !== b.seed) return `the seed differs (${a.seed} and ${b.seed})`;
  return null;
}

function identityOf({ arms }: ScenarioStory): ArmIdentity | null {
  return (
    arms.guarded?.identity ?? arms.unguarded?.identity ?? arms.calm?.identity ?? arms.benign?.identity ?? null
  );
}
