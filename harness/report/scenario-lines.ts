import type { ClaimResult } from '../score/fidelity.ts';
import { HARM_WORDS } from '../score/harm-words.ts';
import type { ArmScore, ScenarioScore } from '../score/scorecard.ts';
import type { StepResult } from '../score/story.ts';
import { safeText } from './safe-text.ts';
import { formatShare, formatTime, outageSentence } from './words.ts';

const MOST_OUTAGES = 4;
const MOST_STEPS = 8;

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

/** `restore 8h53m [mechanism]; diagnosis 1h40m [declared, simulated]`: what the longest outage was made of. */
export function phaseSentence(arm: ArmScore | null): string | null {
  const longest = arm?.harm?.outages[0];
  if (longest === undefined || longest.phases.length === 0) return null;
  const phases = longest.phases.map(({ name, durationMs, kind }) => {
    const how = kind === 'declared' ? 'declared, simulated' : 'mechanism';
    return `${safeText(name, 60)} ${formatTime(durationMs)} [${how}]`;
  });
  return `Made of: ${phases.join('; ')}.`;
}

/** What became of each step of the mistake. */
export function stepSentences(steps: readonly StepResult[]): string[] {
  const shown = steps.slice(0, MOST_STEPS).map(stepSentence);
  return steps.length > MOST_STEPS ? [...shown, `And ${steps.length - MOST_STEPS} more steps.`] : shown;
}

export function benignSentence({ arms: { benign } }: ScenarioScore): string {
  if (benign === null) return 'The same task done properly was not run.';
  const outcome = {
    allowed: 'let through in time',
    late: 'let through too late',
    blocked: 'BLOCKED',
    unknown: 'not known to have ended',
  }[benign.outcome];
  const reviewers = `reviewers spent ${formatTime(benign.reviewerMs)}`;
  return `The same task done properly: ${outcome}; waited ${formatTime(benign.waitedMs)}; ${reviewers}.`;
}

export function routesSentence({ routes }: ScenarioScore): string {
  const count = (state: string) => routes.filter(route => route.state === state).length;
  if (routes.length === 0) return 'Routes to this effect: none listed.';
  return `Routes to this effect: ${count('held')} tried and held, ${count('passed')} tried and passed, ${count('not-tried')} not tried.`;
}

/** `null` share: something was used of a line of zero. */
export function budgetSentence({ budget, budgetShare, arms }: ScenarioScore): string {
  if (arms.guarded === null || arms.guarded.harm === null) return 'Budget used: not measured.';
  if (budgetShare !== null) return `Budget used: ${formatShare(budgetShare)} of the fullest line.`;
  const over = budget.filter(({ used, atMost }) => used > atMost).map(({ harm }) => HARM_WORDS[harm]);
  return `Budget used: more than all of it (${[...new Set(over)].join(', ')}).`;
}

export function claimSentence(claim: ClaimResult): string {
  const verdict = claim.met ? 'met' : 'NOT met';
  const kind = claim.kind === 'calibrated' ? 'calibrated: the world was fitted to it' : 'predicted';
  const tolerance = claim.tolerance === null ? '' : ` within ${claim.tolerance}`;
  const spread = claim.seeds > 1 && claim.p5 !== null ? `, p5 ${claim.p5}, p95 ${claim.p95}` : '';
  const weak = claim.weak ? ', weak' : '';
  const seeds = `${claim.seeds} ${claim.seeds === 1 ? 'seed' : 'seeds'}`;
  return `${safeText(claim.claim)}: on record ${safeText(claim.documented)}, here ${safeText(claim.measured ?? 'not measured')}; ${verdict}${tolerance} (${kind}; ${seeds}${spread}${weak}).`;
}

function stepSentence(step: StepResult): string {
  const who = step.by.length === 0 ? '' : ` by ${step.by.map(name => safeText(name, 64)).join(', ')}`;
  const why = step.reason === '' ? '' : `: ${safeText(step.reason, 160)}`;
  const effect = step.landed ? 'it took effect' : 'it had no effect';
  return `${safeText(step.verb, 64)} on ${safeText(step.resource, 100)} (door: ${safeText(step.door, 64)}): ${step.decision}${who}${why}; ${effect}.`;
}

function timeline({ moments, harm, timeToDetectMs, timeToRecoverMs }: ArmScore): string[] {
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
