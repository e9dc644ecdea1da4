import { renderJson } from '../report/json.ts';
import type { Paint } from '../report/paint.ts';
import { renderTerminal } from '../report/terminal.ts';
import type { Scorecard } from '../score/scorecard.ts';
import type { Output } from './output.ts';

const TONES: Readonly<Record<Parameters<Paint>[0], string>> = {
  good: '32',
  bad: '31',
  warn: '33',
  strong: '1',
  dim: '2',
};

/** The result for people: on standard output, or on standard error when `json` is to have the other to itself. */
export function printResult(card: Scorecard, reportPath: string | null, json: boolean, output: Output): void {
  const text = renderTerminal(card, { paint: paintFor(output, json), reportPath });
  if (json) output.people(text);
  else output.machine(text);
}

/** Colour where it is wanted; never when people's words go to standard error for JSON's sake. */
export function paintFor({ hasColour }: Output, json: boolean): Paint {
  return hasColour && !json ? (tone, text) => `\x1b[${TONES[tone]}m${text}\x1b[0m` : (_tone, text) => text;
}

/** One document: the scorecard, or a list of them when two profiles were compared. */
export function printJson(cards: readonly Scorecard[], output: Output): void {
  const [first, ...others] = cards.map(renderJson);
  output.machine(others.length === 0 ? `${first}` : `[\n${[first, ...others].join(',\n')}]\n`);
}
