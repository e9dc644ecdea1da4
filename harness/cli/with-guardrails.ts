import { digestOf } from '../kernel/digest.ts';
import { stableJson } from '../kernel/stable-json.ts';
import type { Plan } from '../plan/plan.ts';

/** The plan with these guardrails in its profile, in the simulation, whatever stack the run used. */
export function withGuardrails(plan: Plan, guardrails: Plan['profile']['guardrails']): Plan {
  const profile = { id: plan.profile.id, guardrails };
  return {
    ...plan,
    stack: 'sim',
    profile,
    digests: { ...plan.digests, profile: digestOf(stableJson(profile)) },
  };
}
