import type { Arm } from '../journal/events.ts';
import type { Door } from '../ports/action.ts';
import type { GuardrailEntry } from '../ports/guardrail.ts';
import type { OrdinaryChange, Scenario } from '../scenario/scenario-schema.ts';
import type { World } from '../scenario/world-schema.ts';

/** One arm, resolved: no defaults left, nothing to look up but builds and guardrail modules. Frozen, printable, and kept whole in the journal's header. */
export interface Plan {
  readonly arm: Arm;
  readonly seed: string;
  readonly stack: 'sim' | 'local' | 'containers';
  /** Null for the `ordinary` arm. */
  readonly scenario: Scenario | null;
  /** The default world with the scenario's overrides applied. */
  readonly world: World;
  readonly profile: PlannedProfile;
  /** Changes of the quiet week; empty but for the `ordinary` arm. */
  readonly changes: readonly OrdinaryChange[];
  /** Steady state is watched from 0 to here; the mistake's time counts from here. */
  readonly gateMs: number;
  /** World time at which the arm ends. */
  readonly horizonMs: number;
  /** Every door and verb that reaches what the mistake's steps reach; empty where there is no mistake. */
  readonly routes: readonly Route[];
  readonly digests: {
    readonly scenario: string;
    readonly world: string;
    readonly profile: string;
    /** By build id: every build that the world starts with or a step names. */
    readonly builds: Readonly<Record<string, string>>;
  };
}

export interface PlannedProfile {
  readonly id: string;
  readonly guardrails: readonly GuardrailEntry[];
}

/** A way to the mistake's effect. `inScript`: the scenario's own steps or fallbacks take it. */
export interface Route {
  readonly door: Door;
  readonly verb: string;
  readonly inScript: boolean;
}
