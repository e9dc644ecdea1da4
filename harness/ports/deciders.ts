/** Kinds of people whose decisions somebody else may take: the roles of `person` events in the journal. */
export type PlayedRole = 'operator' | 'on-call' | 'reviewer';

/** One thing that a person may do. `id` is a word for files; `text` says it to people. */
export interface Choice {
  readonly id: string;
  readonly text: string;
}

/** A decision of a person of the company, with what that person can see, and never more. */
export interface Question {
  /** Unique in its arm, and equal when the arm is run again: `on-call na/0 repair 2`. */
  readonly id: string;
  readonly role: PlayedRole;
  /** The person of the company who decides. */
  readonly who: string;
  readonly text: string;
  readonly seen: readonly string[];
  /** All that is legal, at least one. */
  readonly choices: readonly Choice[];
  /** Id of the choice that the simulated person makes. */
  readonly simulated: string;
}

/** Who decides instead of the simulated people. World time stands still while they think. */
export interface Deciders {
  plays(role: PlayedRole): boolean;
  /** The id of one of the question's choices. Rejects only for errors of ours. */
  decide(question: Question): Promise<string>;
}
