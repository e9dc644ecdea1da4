import type { ArmScore, ScenarioScore } from '../score/scorecard.ts';
import type { StepResult } from '../score/story.ts';
import { safeText } from './safe-text.ts';
import { formatMoment, formatTime, outageSentence } from './words.ts';

const MOST_OUTAGES = 8;
const MOST_STEPS = 20;

/** What customers lived through in one arm, and when it was noticed: sentences. */
export function armSentences(arm: ArmScore | null): string[] {
  if (arm === null) return ['This arm left no journal.'];
  if (arm.harm === null) return ['Nothing to compare it with, so nothing is known.'];
  const outages = arm.harm.outages.slice(0, MOST_OUTAGES).map(outageSentence);
  const more = arm.harm.outages.length - outages.length;
  return [
    ...(outages.length === 0
      ? ['No customer was turned away for longer than the noise of an ordinary day: 0 min.']
      : outages),
    ...(more > 0 ? [`And ${more} shorter ones.`] : []),
    ...timeline(arm),
  ];
}

/** What became of each step of the mistake. */
export function stepSentences(steps: readonly StepResult[]): string[] {
  const shown = steps.slice(0, MOST_STEPS).map(stepSentence);
  return steps.length > MOST_STEPS ? [...shown, `And ${steps.length - MOST_STEPS} more steps.`] : shown;
}

export function routesSentence({ routes }: ScenarioScore): string {
  const count = (state: string) => routes.filter(route => route.state === state).length;
  if (routes.length === 0) return 'Routes to this effect: none listed.';
  return `Routes to this effect: ${count('held')} tried and held, ${count('passed')} tried and passed, ${count('not-tried')} not tried.`;
}

function stepSentence(step: StepResult): string {
  const who = step.by.length === 0 ? '' : ` by ${step.by.map(name => safeText(name, 64)).join(', ')}`;
  const why = step.reason === '' ? '' : `: ${safeText(step.reason, 400)}`;
  const effect = step.landed ? 'it took effect' : 'it had no effect';
  const at = formatMoment(step.atMs);
  return `${safeText(step.verb, 64)} on ${safeText(step.resource, 100)} (door: ${safeText(step.door, 64)}) at ${at}: ${safeText(step.decision, 32)}${who}${why}; ${effect}.`;
}

function timeline({ moments, harm, timeToDetectMs, timeToRecoverMs }: ArmScore): string[] {
  // An alarm in an arm in which nothing took effect is no discovery of the mistake.
  if (moments.effectMs === null) return [];
  const by = moments.detected?.by ?? null;
  const detected =
    timeToDetectMs === null
      ? 'Nobody noticed.'
      : `Noticed ${formatTime(timeToDetectMs)} after the change${by === null ? '' : ` by ${safeText(by, 64)}`}.`;
  if (moments.impactMs === null || harm?.outages.length === 0) return [detected];
  const recovered =
    timeToRecoverMs === null
      ? 'Steady state did not come back before the end.'
      : `Steady again ${formatTime(timeToRecoverMs)} after the first harm.`;
  return [`${detected} ${recovered}`];
}
