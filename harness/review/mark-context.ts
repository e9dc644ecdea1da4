import { type ActionMark, actionOf } from './action-marks.ts';
import type { Lane, Tone } from './event-mark.ts';

/** What a mark needs to know of the arm so far. */
export interface MarkContext {
  readonly actions: readonly ActionMark[];
  readonly guardrails: readonly string[];
}

/** A mark without what all have from their line. */
export interface Draft {
  readonly kind: string;
  readonly lane: Lane;
  readonly tone: Tone;
  readonly who: string;
  readonly label: string;
  readonly fromMs?: number | null;
}

/** Lanes of those who ask without a step of the scenario, by the kind of actor. */
const LANE_OF_KIND: Readonly<Record<string, Lane>> = {
  agent: 'agent',
  person: 'people',
  automation: 'world',
  guardrail: 'guardrails',
};

/** The lane of whoever asked for the action; the agent's where that is not known. */
export function laneOf(actionId: string, { actions }: MarkContext): { lane: Lane; who: string } {
  const action = actionOf(actions, actionId);
  if (action === null) return { lane: 'agent', who: '' };
  return { lane: laneFor(action, actions), who: action.who };
}

/** Whoever takes the scenario's steps is the agent of the arm, also when it asks for evidence or approval besides. */
export function laneFor(
  { stepId, who, whoKind }: Pick<ActionMark, 'stepId' | 'who' | 'whoKind'>,
  actions: readonly ActionMark[],
): Lane {
  if (stepId !== null || actions.some(action => action.stepId !== null && action.who === who)) return 'agent';
  return LANE_OF_KIND[whoKind] ?? 'agent';
}
