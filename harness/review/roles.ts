import { safeText } from '../report/safe-text.ts';
import type { Attribution } from '../score/attribution.ts';
import { type LayerOutcome, layers } from './layers.ts';
import type { ScenarioStory } from './run-story.ts';

/** What one guardrail was in one scenario. */
export interface Role {
  readonly guardrail: string;
  readonly outcome: LayerOutcome;
  /** By re-run; null: not known. */
  readonly necessary: boolean | null;
}

export interface RoleChange {
  readonly guardrail: string;
  /** `held`, `held, necessary`; `absent` is a guardrail that the other profile does not have. */
  readonly before: string;
  readonly after: string;
}

/**
 * The roles that a scorecard tells. It does not tell a guardrail that was asked and let the mistake through from one that
 * was never asked: both are `silent`.
 */
export function scoredRoles(attribution: readonly Attribution[]): Role[] {
  return attribution.map(({ guardrail, effect, necessary }) => ({
    guardrail: safeText(guardrail, 64),
    outcome: OUTCOMES[effect] ?? 'silent',
    necessary: necessary ?? null,
  }));
}

/** Whether the guardrail stood between the mistake and its harm. */
export function isHolding({ outcome, necessary }: Role): boolean {
  return necessary === true || outcome === 'held' || outcome === 'limited' || outcome === 'caught';
}

/** Guardrails whose role differs, from the journals where both sides have them, else from the scorecards. */
export function roleChanges(before: ScenarioStory, after: ScenarioStory): RoleChange[] {
  const [old, now] = [layers(before).layers, layers(after).layers];
  if (old !== null && now !== null) return changesOf(old, now);
  return changesOf(scoredRoles(before.score?.attribution ?? []), scoredRoles(after.score?.attribution ?? []));
}

function changesOf(before: readonly Role[], after: readonly Role[]): RoleChange[] {
  const names = [...new Set([...before, ...after].map(({ guardrail }) => guardrail))];
  return names.flatMap(guardrail => {
    const [a, b] = [before, after].map(roles => roles.find(role => role.guardrail === guardrail));
    // Re-runs on one side only say nothing of a change.
    const isRerun = a?.necessary != null && b?.necessary != null;
    const word = (role: Role | undefined) => {
      if (role === undefined) return 'absent';
      if (!isRerun) return role.outcome;
      return `${role.outcome}, ${role.necessary === true ? 'necessary' : 'not necessary'}`;
    };
    return word(a) === word(b) ? [] : [{ guardrail, before: word(a), after: word(b) }];
  });
}

const OUTCOMES: Readonly<Record<Attribution['effect'], LayerOutcome>> = {
  prevented: 'held',
  limited: 'limited',
  'rolled-back': 'caught',
  alarmed: 'alarmed',
  silent: 'silent',
  failed: 'failed',
};
