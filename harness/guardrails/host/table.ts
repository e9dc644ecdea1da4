import type { JournalEvent } from '../../journal/events.ts';
import type { GuardrailEntry, RaisedAlarm } from '../../ports/guardrail.ts';
import type { Seat } from './seat.ts';

export interface SeatedGuardrail {
  readonly entry: GuardrailEntry;
  readonly seat: Seat;
}

/** All guardrails of a profile, and what the host needs to ask them. */
export interface Table {
  readonly seats: readonly SeatedGuardrail[];
  /** Gates at which a guardrail has failed once already. */
  readonly failedGates: Set<string>;
  /** By guardrail: how it last failed to watch, so that a guest that fails at every window is journaled once. */
  readonly watchFailures: Map<string, string>;
  nowMs(): number;
  write(event: JournalEvent): void;
  onAlarm(guardrail: string, alarm: RaisedAlarm): void;
}
