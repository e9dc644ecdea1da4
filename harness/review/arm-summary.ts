import type { Arm, MomentName } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';
import type { ArmScore, ScenarioScore } from '../score/scorecard.ts';
import { type ArmState, statusOf } from './arm-state.ts';
import { ARM_WORDS, type ArmStates, SHOWN_ARMS } from './run-story.ts';

/** One arm in a few figures. Times are world time in ms; null: never came, or not known. */
export interface ArmSummary {
  readonly arm: Arm;
  /** What the arm is, in words. */
  readonly what: string;
  readonly status: string;
  readonly endMs: number;
  /** Of the whole arm, 0–1. */
  readonly progress: number;
  readonly lines: number;
  /** Requests of the mistake's or the task's own steps, those refused, and those that took effect. */
  readonly steps: { readonly tried: number; readonly refused: number; readonly landed: number };
  readonly moments: Readonly<Record<MomentName, number | null>>;
  readonly detectedBy: string | null;
}

export function armSummaries(states: ArmStates, score: ScenarioScore | null): ArmSummary[] {
  return SHOWN_ARMS.flatMap(arm => {
    const state = states[arm];
    if (state === undefined) return [];
    const scored = arm === 'unguarded' || arm === 'guarded' ? (score?.arms[arm] ?? null) : null;
    return [armSummary(arm, state, scored)];
  });
}

function armSummary(arm: Arm, state: ArmState, scored: ArmScore | null): ArmSummary {
  const steps = state.actions.filter(({ stepId }) => stepId !== null);
  const horizonMs = state.identity?.horizonMs ?? 0;
  const by = scored?.moments.detected?.by ?? state.moments.detected?.by ?? null;
  return {
    arm,
    what: ARM_WORDS[arm],
    status: statusOf(state),
    endMs: state.endMs,
    progress: horizonMs === 0 ? 0 : Math.min(1, state.endMs / horizonMs),
    lines: state.lines,
    steps: {
      tried: steps.length,
      refused: steps.filter(({ decision }) => REFUSED.has(decision)).length,
      landed: steps.filter(({ landed }) => landed).length,
    },
    moments: momentsOf(state, scored),
    detectedBy: by === null ? null : safeText(by, 64),
  };
}

const REFUSED: ReadonlySet<string> = new Set(['denied', 'no-permission', 'invalid', 'approval-required']);

/** Moments of harm can only be told beside the calm arm, which is the score's business; the others the journal notes. */
export function momentsOf(state: ArmState, scored: ArmScore | null): Record<MomentName, number | null> {
  const noted = (name: MomentName) => state.moments[name]?.atMs ?? null;
  return {
    action: scored?.moments.actionMs ?? noted('action'),
    effect: scored?.moments.effectMs ?? noted('effect'),
    impact: scored?.moments.impactMs ?? noted('impact'),
    detected: scored?.moments.detected?.atMs ?? noted('detected'),
    spreadStopped: scored?.moments.spreadStopped?.atMs ?? noted('spreadStopped'),
    steadyAgain: scored?.moments.steadyAgainMs ?? noted('steadyAgain'),
  };
}
