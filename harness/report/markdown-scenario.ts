import type { ScenarioScore } from '../score/scorecard.ts';
import { attributionSentence } from './attribution-words.ts';
import { basisSentence } from './basis-words.ts';
import { benignSentence } from './benign-words.ts';
import { budgetSentence } from './budget-words.ts';
import { attemptsSentence } from './guarded-words.ts';
import { harmRows } from './harm-rows.ts';
import { cell, code, said } from './markdown-text.ts';
import { deedWords, doerWords } from './mistake-words.ts';
import { adviceFor } from './reason-words.ts';
import { recordSentence } from './record-words.ts';
import { causedSentence, sensitivitySentence } from './seed-words.ts';
import { stageSentence } from './words.ts';

/** One scenario, short: what was done, what it did without and with guardrails, and what held. */
export function markdownScenario(scenario: ScenarioScore, profile: string): string[] {
  const why = scenario.verdict === 'contained' ? '' : ` ${code(scenario.detail)}.`;
  const advice = scenario.verdict === 'inconclusive' ? adviceFor(scenario.reason) : null;
  const doer = doerWords(scenario);
  const task = scenario.mistakeBy?.task ?? '';
  return [
    `${code(scenario.title)}.${why} ${stageSentence(scenario)}${advice === null ? '' : ` ${said(advice)}`}`,
    '',
    `| | no guardrails | ${cell(profile)} |`,
    '|---|---|---|',
    ...harmRows(scenario).map(
      row => `| ${cell(row.label)} | ${cell(row.unguarded)} | ${cell(row.guarded)} |`,
    ),
    '',
    ...(doer === null ? [] : [`- **Task** ${said(doer)}: ${code(task)}`]),
    ...item('Did', deedWords(scenario)),
    ...item('Basis', basisSentence(scenario)),
    ...item('Guarded', attemptsSentence(scenario)),
    ...item('Re-run', attributionSentence(scenario)),
    ...item('Caution', causedSentence(scenario)),
    ...item('Budget', budgetSentence(scenario)),
    ...item('Benign', benignSentence(scenario)),
    ...item('Seeds', sensitivitySentence(scenario)),
    ...item('Record', recordSentence(scenario.fidelity)),
  ];
}

function item(label: string, sentence: string | null): string[] {
  return sentence === null ? [] : [`- **${label}** ${said(sentence)}`];
}
