import { benignSentence } from '../report/benign-words.ts';
import type { ScenarioScore } from '../score/scorecard.ts';

/** What advice says of a scenario that was contained. */
export function overBlockNote(score: ScenarioScore): string {
  if (!score.overBlocked) return 'It held, and harmless work was let through: there is nothing to change.';
  return `It held, so that there is no verdict to flip. But harmless work paid for it: ${benignSentence(score)}`;
}
