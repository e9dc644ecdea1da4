import type { Scorecard } from '../score/scorecard.ts';
import { escapeJsonText } from './safe-text.ts';

/** The scorecard as text: what `--json` prints and `scorecard.json` holds. */
export function renderJson(card: Scorecard): string {
  return `${escapeJsonText(JSON.stringify(card, null, 2))}\n`;
}
