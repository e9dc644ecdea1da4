import type { GuardrailAnsweredEvent, JournalEvent } from '../../journal/events.ts';
import type { GuardedAction } from '../../ports/action.ts';
import type { GuardrailEntry, RaisedAlarm, RolloutGate } from '../../ports/guardrail.ts';
import type { Reply, Seat } from './seat.ts';

export interface SeatedGuardrail {
  readonly entry: GuardrailEntry;
  readonly seat: Seat;
}

/** One question about an action or a gate, with all that became of it. */
export interface Asked {
  readonly guardrail: string;
  readonly about: 'action' | 'gate';
  /** What a guardrail gets to see of it. */
  readonly view: GuardedAction | RolloutGate;
  readonly reply: Reply;
  readonly answer: GuardrailAnsweredEvent['answer'];
  readonly countedAs: GuardrailAnsweredEvent['countedAs'];
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
  /** Hears each question when it has been journaled: for `explain`. */
  readonly onAsked?: ((asked: Asked) => void) | undefined;
  onAlarm(guardrail: string, alarm: RaisedAlarm): void;
}
