import type { ApprovalDemand, Constraints, Door, GuardedAction, Remedy } from './action.ts';
import type { ContainmentOrder, RolloutGate } from './guardrail.ts';
import type { TelemetryWindow } from './telemetry.ts';

/** All answers to one action, combined: the strictest wins. */
export type Ruling =
  | { readonly decision: 'allowed'; readonly by: readonly string[]; readonly reason: string }
  | {
      readonly decision: 'narrowed';
      readonly by: readonly string[];
      readonly reason: string;
      readonly constraints: Constraints;
    }
  | {
      readonly decision: 'approval-required';
      readonly by: readonly string[];
      readonly reason: string;
      readonly demand: ApprovalDemand;
    }
  | {
      readonly decision: 'denied';
      readonly by: readonly string[];
      readonly reason: string;
      readonly remedies: readonly Remedy[];
    };

export interface GateVerdict {
  readonly ruling: 'advance' | 'hold' | 'roll-back';
  /** The guardrail that ruled against advancing; null when none did. */
  readonly by: string | null;
  readonly reason: string;
}

/** The guardrails of a profile, in order, as the control plane and the conductor use them. Journals every answer; never throws for a guest's fault. */
export interface GuardrailChain {
  rule(action: GuardedAction): Promise<Ruling>;
  carriedOut(action: GuardedAction): void;
  /** Waves that the guardrails at this door impose on roll-outs; null when none does. */
  rolloutPlan(door: Door): Constraints | null;
  gate(door: Door, gate: RolloutGate): Promise<GateVerdict>;
  watch(
    window: TelemetryWindow,
  ): Promise<readonly { readonly guardrail: string; readonly order: ContainmentOrder }[]>;
  close(): Promise<void>;
}
