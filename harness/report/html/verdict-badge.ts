import type { ScenarioOverview, ShownVerdict } from '../../review/overview.ts';
import { VERDICT_WORDS } from '../words.ts';
import { html, type Markup } from './markup.ts';

const SIGNS: Readonly<Record<ShownVerdict, string>> = {
  contained: '✓',
  escaped: '✗',
  inconclusive: '?',
  'not judged': '…',
};

/** The verdict as sign, word and colour; an over-blocked twin is told beside it. */
export function verdictBadge({
  verdict,
  overBlocked,
}: Pick<ScenarioOverview, 'verdict' | 'overBlocked'>): Markup {
  const word = verdict === 'not judged' ? 'NOT JUDGED' : VERDICT_WORDS[verdict];
  const badge = html`<span class="badge ${verdict.replace(' ', '-')}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${word}</span>`;
  return overBlocked
    ? html`${badge} <span class="badge escaped"><span aria-hidden="true">✗</span> OVER-BLOCKED</span>`
    : badge;
}
