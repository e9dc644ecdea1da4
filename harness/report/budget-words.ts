import { amountWords, HARM_WORDS } from '../score/harm-words.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import { safeText } from './safe-text.ts';
import { formatShare, journeyWords } from './words.ts';

/** How much of the allowed blast radius was used with guardrails, and by what. */
export function budgetSentence({ budget, budgetShare, arms }: ScenarioScore): string {
  if (arms.guarded === null || arms.guarded.harm === null) return 'not measured.';
  const over = budget.filter(({ used, atMost }) => used > atMost).map(({ harm }) => HARM_WORDS[harm]);
  if (over.length > 0) {
    const how = budgetShare === null ? 'more than all of it' : formatShare(budgetShare);
    return `${how} used (over: ${[...new Set(over)].join(', ')}).`;
  }
  const fullest = [...budget].sort((a, b) => (b.share ?? 0) - (a.share ?? 0))[0];
  if (fullest === undefined || budgetShare === 0) return 'none of it used.';
  const journey = fullest.journey === null ? [] : [journeyWords(fullest.journey)];
  const region = fullest.region === null ? [] : [safeText(fullest.region, 64)];
  const line = [HARM_WORDS[fullest.harm], ...journey, ...region].join(', ');
  return `${formatShare(budgetShare ?? 0)} used of the fullest line (${line}, at most ${amountWords(fullest.harm, fullest.atMost)}).`;
}
