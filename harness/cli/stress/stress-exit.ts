import type { ExitCodeName } from '../exit-codes.ts';
import type { StressCard } from './stress-card.ts';

export interface StressExit {
  readonly name: ExitCodeName;
  readonly reason: string;
}

/**
 * `weakness`: some fault makes a mistake escape that is contained while every guardrail is well. That a failure stops
 * harmless work is told and not judged: to fail closed is a choice. `inconclusive`: nothing
 * could be lost, or a guardrail fails as it is, so that failing shows nothing; no data is never a pass.
 */
export function stressExit({
  scenarios,
  guardrails,
}: Pick<StressCard, 'scenarios' | 'guardrails'>): StressExit {
  const layers = scenarios.flatMap(scenario => scenario.layers);
  const escapes = layers.flatMap(({ escapesWhen }) => escapesWhen);
  if (escapes.length > 0) {
    return {
      name: 'weakness',
      reason: `${escapes.length} ${escapes.length === 1 ? 'failure lets' : 'failures let'} a contained mistake escape`,
    };
  }
  if (guardrails.length === 0) return { name: 'inconclusive', reason: 'the profile has no guardrail' };
  const sick = guardrails.filter(({ failsAnyway }) => failsAnyway !== null);
  if (sick.length > 0) {
    return {
      name: 'inconclusive',
      reason: `${sick.map(({ id }) => id).join(', ')} failed though nothing was made to fail`,
    };
  }
  if (layers.length === 0) {
    return { name: 'inconclusive', reason: 'no mistake is contained while every guardrail is well' };
  }
  const unproven = layers
    .flatMap(({ cells }) => cells)
    .filter(({ verdict, benign }) => verdict === 'inconclusive' || benign?.outcome === 'unknown');
  if (unproven.length > 0) {
    return {
      name: 'inconclusive',
      reason: `${unproven.length} ${unproven.length === 1 ? 'failure' : 'failures'} could not be judged`,
    };
  }
  return { name: 'held', reason: 'no failure of one guardrail let a contained mistake escape' };
}
