import type { Constraints, GuardedAction, GuestFault } from '../../ports/action.ts';
import type { RolloutGate } from '../../ports/guardrail.ts';
import type { TelemetryWindow } from '../../ports/telemetry.ts';

/** What a guardrail can be asked. The names are those of the port's methods. */
export type Question =
  | { readonly kind: 'decide'; readonly about: GuardedAction }
  | { readonly kind: 'gateRollout'; readonly about: RolloutGate }
  | { readonly kind: 'watch'; readonly about: TelemetryWindow };

/** A raw answer, not yet checked, or the way in which there was none. */
export type Reply = (
  | {
      readonly answered: true;
      readonly value: unknown;
      /** Where the value is undefined: what was said instead of an answer. */
      readonly why?: string;
    }
  | {
      readonly answered: false;
      readonly fault: GuestFault;
      readonly reason: string;
      /** What the failure means where it happens, whatever the profile says; left out, the profile's `onFailure`. */
      readonly countsAs?: 'open' | 'closed';
    }
) & {
  /** What passed between us and a guardrail beyond the process, for `explain`. */
  readonly exchange?: Exchange;
};

/** A question as it was sent, and what came back; null for what never went or came. Plain data, secrets redacted. */
export interface Exchange {
  readonly request: unknown;
  readonly response: unknown;
}

export interface Powers {
  readonly decide: boolean;
  readonly gateRollout: boolean;
  readonly watch: boolean;
  readonly carriedOut: boolean;
  readonly rolloutPlan: Constraints | null;
}

/** A guardrail at the table, wherever it runs. It never throws and never rejects: failing to answer is a reply. */
export interface Seat {
  readonly powers: Powers;
  /** Why it could not be loaded; null when it was. */
  readonly failure: string | null;
  ask(question: Question, nowMs: number): Reply | Promise<Reply>;
  /** Tells of an action that was carried out. Returns what went wrong, or null. */
  tell(action: GuardedAction, nowMs: number): string | null;
  close(): Promise<void>;
}

/** The seat of a guardrail that could not be loaded: it is asked everything and answers nothing. */
export function brokenSeat(reason: string): Seat {
  return {
    powers: { decide: true, gateRollout: true, watch: true, carriedOut: false, rolloutPlan: null },
    failure: reason,
    ask: () => ({ answered: false, fault: 'not-loaded', reason }),
    tell: () => null,
    close: async () => {},
  };
}
