import type { Tone } from '../../review/event-mark.ts';
import { html, type Markup } from './markup.ts';

/** Shapes that carry a tone without its colour; paths within -1 … 1. */
export const TONE_SHAPES: Readonly<Record<Tone, string>> = {
  good: 'M-0.8,0L-0.2,0.7L0.9,-0.7',
  bad: 'M-0.8,-0.8L0.8,0.8M-0.8,0.8L0.8,-0.8',
  warn: 'M0,-0.9L0.9,0.8L-0.9,0.8Z',
  plain: 'M-0.35,0A0.35,0.35,0,1,0,0.35,0A0.35,0.35,0,1,0,-0.35,0Z',
};

export const TONE_COLOURS: Readonly<Record<Tone, string>> = {
  good: 'var(--good)',
  bad: 'var(--bad)',
  warn: 'var(--warn)',
  plain: 'var(--muted)',
};

/** The same in words, for tables and for those who do not see the shape. */
export const TONE_WORDS: Readonly<Record<Tone, string>> = {
  good: 'held, noticed or repaired',
  bad: 'harmful or failed',
  warn: 'in between',
  plain: 'anything else',
};

/** A sign in running text, with its meaning for a screen reader where `meaning` is given. */
export function inlineSign(tone: Tone, meaning: string | null = null): Markup {
  const name = meaning === null ? html` aria-hidden="true"` : html` role="img" aria-label="${meaning}"`;
  return html`<svg class="sign" viewBox="-1.3 -1.3 2.6 2.6"${name}><path class="${tone}" d="${TONE_SHAPES[tone]}"/></svg>`;
}
