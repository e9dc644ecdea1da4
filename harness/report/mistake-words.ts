import type { ScenarioScore } from '../score/scorecard.ts';
import type { StepResult } from '../score/story.ts';
import { safeText } from './safe-text.ts';
import { formatMoment } from './words.ts';

/** `agent-1, an agent for engineer-17`; null when no step was tried in any arm. */
export function doerWords({ mistakeBy }: ScenarioScore): string | null {
  if (mistakeBy === null) return null;
  const { id, kind, onBehalfOf } = mistakeBy;
  const behalf = onBehalfOf === null ? '' : ` for ${safeText(onBehalfOf, 64)}`;
  return `${safeText(id, 64)}, ${KINDS[kind]}${behalf}`;
}

/** What was done instead of the task, from the unguarded arm; null when no step was tried. */
export function deedWords({ arms: { unguarded, guarded } }: ScenarioScore): string | null {
  const steps = (unguarded?.steps.length ?? 0) > 0 ? unguarded?.steps : guarded?.steps;
  const landed = (steps ?? []).filter(step => step.landed);
  const [first, ...others] = landed.length > 0 ? landed : (steps ?? []);
  if (first === undefined) return null;
  const more =
    others.length === 0 ? '' : `, then ${others.length === 1 ? verb(others[0]) : stepsMore(others)}`;
  const why = first.because === '' ? '' : `: "${safeText(first.because, 120)}"`;
  return `${verb(first)} on ${safeText(first.resource, 100)} at ${formatMoment(first.atMs)}${more}${why}`;
}

const KINDS = {
  agent: 'an agent',
  person: 'a person',
  automation: 'an automation',
  guardrail: 'a guardrail',
} as const;

function verb(step: StepResult | undefined): string {
  return safeText(step?.verb ?? '', 64);
}

function stepsMore(steps: readonly StepResult[]): string {
  return `${verb(steps[0])} and ${steps.length - 1} more`;
}
