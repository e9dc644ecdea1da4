import type { Questions } from '../../review/comparability.ts';
import type { ProfileResult, Scoreboard } from '../scoreboard.ts';

/** What was asked of a profile, by scenario, as the scoreboard tells it. */
export function questionsOf(
  { scenarios }: Pick<ProfileResult, 'scenarios'>,
  { stack, seeds }: Pick<Scoreboard, 'stack' | 'seeds'>,
): Questions {
  return new Map(
    scenarios.map(
      ({ id, scenarioDigest, worldDigest }) => [id, { scenarioDigest, worldDigest, stack, seeds }] as const,
    ),
  );
}
