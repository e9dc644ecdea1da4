import type { GuardrailDefinition } from '../ports/guardrail.ts';
import { blastRadiusCap } from './built-in/blast-radius-cap.ts';
import { canaryRollout } from './built-in/canary-rollout.ts';
import { changeFreeze } from './built-in/change-freeze.ts';
import { deletionProtection } from './built-in/deletion-protection.ts';
import { denyAll } from './built-in/deny-all.ts';
import { leastPrivilege } from './built-in/least-privilege.ts';
import { requiredEvidence } from './built-in/required-evidence.ts';
import { seniorApproval } from './built-in/senior-approval.ts';
import { sloBurnRate } from './built-in/slo-burn-rate.ts';
import { twoPersonRule } from './built-in/two-person-rule.ts';

/** The guardrails that come with the package, by name, in alphabetical order. */
export function builtInGuardrails(): ReadonlyMap<string, GuardrailDefinition> {
  const definitions: readonly GuardrailDefinition[] = [
    blastRadiusCap,
    canaryRollout,
    changeFreeze,
    deletionProtection,
    denyAll,
    leastPrivilege,
    requiredEvidence,
    seniorApproval,
    sloBurnRate,
    twoPersonRule,
  ];
  return new Map(definitions.map(definition => [definition.name, definition]));
}
