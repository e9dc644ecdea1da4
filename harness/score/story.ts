import type { ArmRecord } from './arm-record.ts';
import { mistakeActions } from './mistake.ts';

/** What became of one step of the mistake in one arm. */
export interface StepResult {
  readonly step: string;
  readonly door: string;
  readonly verb: string;
  readonly resource: string;
  /** Why the actor wanted it, in its words. */
  readonly because: string;
  readonly atMs: number;
  readonly decision: string;
  /** Guardrails that decided. */
  readonly by: readonly string[];
  readonly reason: string;
  /** Its effect changed production. */
  readonly landed: boolean;
  /** Sequence number of the request in the arm's journal. */
  readonly evidence: number;
}

const MOST_STEPS = 100;

/** The mistake's steps in the order in which they were tried. */
export function storyOf(record: ArmRecord): StepResult[] {
  return mistakeActions(record)
    .slice(0, MOST_STEPS)
    .map(({ requested, decided, landed }) => ({
      step: requested.stepId ?? '',
      door: requested.action.door,
      verb: requested.action.verb,
      resource: requested.action.resource,
      because: requested.action.because,
      atMs: requested.atMs,
      decision: decided?.decision ?? 'undecided',
      by: decided?.by ?? [],
      reason: decided?.reason ?? '',
      landed,
      evidence: requested.seq,
    }));
}
