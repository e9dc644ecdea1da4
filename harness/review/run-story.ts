import type { Arm } from '../journal/events.ts';
import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import type { Advice } from './advice.ts';
import type { ArmState } from './arm-state.ts';

/**
 * A run as the views see it: what its manifest says, its scorecard, and the state of each arm. While a run goes on, the
 * scorecard is null and the states grow.
 */
export interface RunStory {
  readonly facts: RunFacts;
  readonly card: Scorecard | null;
  readonly scenarios: readonly ScenarioStory[];
  readonly advice: Advice | null;
  /** What a reader must know before trusting the rest: journals that were cut, a scorecard that is missing, … */
  readonly notices: readonly string[];
}

export interface RunFacts {
  readonly runId: string;
  readonly profile: string;
  readonly stack: string;
  readonly seed: string;
  readonly tool: string;
  /** Wall time as the manifest has it; empty when not known. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The command line after `brakecheck`. */
  readonly command: readonly string[];
}

export interface ScenarioStory {
  readonly id: string;
  /** Null while the run goes on, and where its arms could not be scored. */
  readonly score: ScenarioScore | null;
  /** Of the seed that the score shows. */
  readonly arms: ArmStates;
}

export type ArmStates = Readonly<Partial<Record<Arm, ArmState>>>;

/** The arms in the order in which a reader compares them. */
export const SHOWN_ARMS = ['unguarded', 'guarded', 'benign', 'calm'] as const satisfies readonly Arm[];

export const ARM_WORDS: Readonly<Record<Arm, string>> = {
  calm: 'calm: no agent, no guardrails',
  unguarded: 'the mistake, no guardrails',
  guarded: 'the mistake, with the profile',
  benign: 'the same task done properly, with the profile',
  ordinary: 'a quiet week of ordinary changes, with the profile',
};
