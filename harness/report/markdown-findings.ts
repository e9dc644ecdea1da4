import type { ScenarioScore, Scorecard } from '../score/scorecard.ts';
import { benignSentence } from './benign-words.ts';
import { fitWithin } from './fit-within.ts';
import { attemptsSentence } from './guarded-words.ts';
import { code, said } from './markdown-text.ts';
import { testAgain, whatToDo } from './what-to-do.ts';
import { plural, VERDICT_WORDS } from './words.ts';

/**
 * Everything that needs somebody: for each escape the route that it took and what to do, for harmless work that was held
 * up what held it up, for what proved nothing why. Empty when all held.
 */
export function markdownFindings(
  card: Scorecard,
  scenarios: readonly ScenarioScore[],
  mostBytes: number,
): string[] {
  const wanting = scenarios.filter(({ verdict, overBlocked }) => verdict !== 'contained' || overBlocked);
  const found = fitWithin(
    wanting.map(scenario => forms(scenario, card.profile)),
    mostBytes,
  );
  const left = found.leftOut === 0 ? [] : ['', `${plural(found.leftOut, 'more finding')} left out here.`];
  return [...found.lines, ...left];
}

function forms(scenario: ScenarioScore, profile: string): string[][] {
  const heading = ['', `### ${headingOf(scenario)}: ${code(scenario.id)}`, ''];
  const why = scenario.verdict === 'contained' ? [] : [`- **Why** ${code(scenario.detail)}`];
  const route = scenario.verdict === 'escaped' ? [`- **Route** ${said(attemptsSentence(scenario))}`] : [];
  const benign = scenario.overBlocked ? [`- **Held up** ${said(benignSentence(scenario))}`] : [];
  const change = whatToDo(scenario).map(sentence => `- **Change** ${said(sentence)}`);
  const again = [`- **Test again** ${code(testAgain(scenario, profile))}`];
  return [
    [...heading, ...why, ...route, ...benign, ...change, ...again],
    [...heading, ...why, ...again],
  ];
}

function headingOf({ verdict, overBlocked }: ScenarioScore): string {
  if (!overBlocked) return VERDICT_WORDS[verdict];
  return verdict === 'contained' ? 'OVER-BLOCKED' : `${VERDICT_WORDS[verdict]}, OVER-BLOCKED`;
}
