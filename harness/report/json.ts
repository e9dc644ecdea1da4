import type { Scorecard } from '../score/scorecard.ts';
import { escapeJsonText } from './safe-text.ts';

/** No word of ours is as long; a field that somebody has filled with megabytes must not fill the scorecard as well. */
const MOST_LETTERS = 10_000;

/** The scorecard as text: what `--json` prints and `scorecard.json` holds. Texts that are too long are cut, and say so. */
export function renderJson(card: Scorecard): string {
  return `${escapeJsonText(JSON.stringify(card, cutLongText, 2))}\n`;
}

function cutLongText(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= MOST_LETTERS) return value;
  const left = value.length - MOST_LETTERS;
  return `${value.slice(0, MOST_LETTERS).toWellFormed()}… (${left} more characters are in the journal)`;
}
