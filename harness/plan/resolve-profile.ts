import type { GuardrailEntry } from '../ports/guardrail.ts';
import { planEntryId } from '../scenario/guardrail-module.ts';
import type { Profile } from '../scenario/scenario-schema.ts';
import type { PlannedProfile } from './plan.ts';

export const NO_PROFILE: PlannedProfile = { id: 'none', guardrails: [] };

/** The profile with every default written out. Paths of modules stay as the file has them. */
export function resolveProfile(profile: Profile): PlannedProfile {
  return {
    id: profile.metadata.id,
    guardrails: profile.guardrails.map(
      (entry): GuardrailEntry => ({
        id: planEntryId(entry),
        use: entry.use,
        doors: entry.doors,
        actors: entry.actors,
        options: entry.options,
        onFailure: entry.onFailure,
        timeLimitMs: entry.timeLimit,
      }),
    ),
  };
}
