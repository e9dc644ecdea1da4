import type { PlayedRole } from '../ports/deciders.ts';

/**
 * Only where people sat at a table: what somebody there decided in a person's place, an inject that was told or left out,
 * or a note. Names of those in the room are never kept. A run again takes the choices from here.
 */
export interface TableEvent {
  readonly type: 'table';
  readonly phase: 'decided' | 'inject' | 'inject-skipped' | 'note';
  /** `simulation`: the decision was left to the simulated person. */
  readonly by: 'participant' | 'simulation' | 'facilitator';
  /** Id of the question or the inject; null for a note. */
  readonly subject: string | null;
  /** Whose decision it was; null for what is no decision, as are the next three. */
  readonly role: PlayedRole | null;
  /** Ids of all choices. */
  readonly offered: readonly string[] | null;
  readonly chosen: string | null;
  /** What the simulated person would have chosen at that moment. */
  readonly simulated: string | null;
  /** Seats that saw an inject; null for what is none. */
  readonly to: readonly string[] | null;
  readonly text: string;
}
