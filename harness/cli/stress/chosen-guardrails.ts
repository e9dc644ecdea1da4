import { HarnessError } from '../../kernel/errors.ts';
import { nearestWord } from '../../kernel/nearest.ts';
import { resolveProfile } from '../../plan/resolve-profile.ts';
import type { LoadedFile } from '../../scenario/load-file.ts';

/** The ids to put under stress, in the profile's order. Throws a `usage` error for one that the profile does not have. */
export function chosenGuardrails(
  profile: LoadedFile<'Profile'>,
  wanted: readonly string[] | undefined,
): readonly string[] {
  const known = resolveProfile(profile.value).guardrails.map(({ id }) => id);
  const unknown = wanted?.find(id => !known.includes(id));
  if (unknown === undefined) return known.filter(id => wanted?.includes(id) !== false);
  const nearest = nearestWord(unknown, known);
  throw new HarnessError('usage', {
    message: `could not stress the guardrail "${unknown}": the profile has ${known.join(', ') || 'none'}`,
    hint: nearest === null ? 'Leave --guardrail out to stress all of them.' : `Did you mean "${nearest}"?`,
  });
}
