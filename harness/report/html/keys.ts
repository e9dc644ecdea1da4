import type { TryAnswer } from '../../review/layers.ts';
import { ANSWER_SHAPES } from './layers-drawing.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { inlineSign, TONE_WORDS } from './signs.ts';

/** What the signs of a timeline mean; on a live stack, also what its visits rest on. */
export function timelineKey({ isLive }: { readonly isLive: boolean }): Markup {
  const basis = isLive
    ? html` <span><i class="swatch measured"></i> measured: visits that were lived through (half: some of them; thin and pale: extrapolated, a sample's rates held until the next sample)</span>`
    : NOTHING;
  const tones = (['bad', 'good', 'warn', 'plain'] as const).map(
    tone => html`<span>${inlineSign(tone)} ${TONE_WORDS[tone]}</span> `,
  );
  return html`<p class="key">${tones}<span><i class="swatch bad"></i> share of visits that failed (pale: visits; empty: nobody came)</span> <span><i class="swatch band"></i> from the first harm to the steady state</span>${basis}</p>`;
}

export function blastKey(): Markup {
  return html`<p class="key"><span><i class="swatch gone"></i> X gone: no instance or no database</span> <span><i class="swatch most"></i> █ failing: half of its visits or more</span> <span><i class="swatch cut"></i> ▓ cut off: shoppers no longer get as far</span> <span><i class="swatch some"></i> ▒ harmed: more than the objective allows</span> <span>▸ the mistake acted here</span> <span>Arrows: what shoppers were seen to reach. Services of a region share one database server.</span></p>`;
}

const ANSWERS: readonly (readonly [Exclude<TryAnswer['answer'], 'not-asked'>, string, string])[] = [
  ['refused', 'good solid', 'refused'],
  ['wanted-approval', 'good solid', 'wanted an approval'],
  ['narrowed', 'warn solid', 'narrowed'],
  ['passed', 'bad', 'let through'],
  ['failed', 'bad', 'no usable answer'],
];

/** What the signs in a layer mean. */
export function answerKey(): Markup {
  return html`<p class="key">${ANSWERS.map(
    ([answer, kind, words]) =>
      html`<span><svg class="sign" viewBox="-1.3 -1.3 2.6 2.6" aria-hidden="true"><path class="${kind}" d="${ANSWER_SHAPES[answer]}"/></svg> ${words}</span> `,
  )}<span>no sign: not asked. A line ends at the first layer that stopped the try.</span></p>`;
}
