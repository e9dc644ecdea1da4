import { safeText } from '../safe-text.ts';
import { plural } from '../words.ts';
import { paragraph } from './blocks.ts';
import { html, type Markup, NOTHING } from './markup.ts';

/** A picture of a page that a browser showed during the run. */
export interface Screenshot {
  /** File name in the run's `evidence` folder. */
  readonly name: string;
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly base64: string;
}

export interface Screenshots {
  readonly shown: readonly Screenshot[];
  /** In the folder, but too many or too large to embed. */
  readonly leftOut: number;
}

/** What shoppers saw, embedded. */
export function screenshotSection({ shown, leftOut }: Screenshots): Markup {
  if (shown.length === 0 && leftOut === 0) return NOTHING;
  const more =
    leftOut === 0
      ? null
      : `${plural(leftOut, 'more screenshot')} in the folder evidence, left out here for size.`;
  return html`<section aria-labelledby="screenshots"><h2 id="screenshots">What shoppers saw</h2>
<div class="shots">${shown.filter(isEmbeddable).map(picture)}</div>
${paragraph(more, 'quiet')}</section>
`;
}

function picture({ name, type, base64 }: Screenshot): Markup {
  const words = wordsOf(name);
  return html`<figure><img alt="Screenshot: ${words}" src="data:${type};base64,${base64}"><figcaption>${words}</figcaption></figure>\n`;
}

/** `deletion-unguarded/03-during-na/browser-during-na-buy-02-order.png` → `deletion-unguarded, during na: buy, page 2 (order)`. */
function wordsOf(name: string): string {
  const [, place = '', look = '', file = ''] =
    /^([^/]+)\/\d+-([^/]+)\/browser-([^/]+)\.[a-z]+$/.exec(name) ?? [];
  const page = /^([a-z-]+)-(\d+)-([\w-]+)$/.exec(
    file.startsWith(`${look}-`) ? file.slice(look.length + 1) : '',
  );
  if (page === null) return plainWords(name);
  const [, journey = '', step = '', what = ''] = page;
  const when = plainWords(look).replace(
    /^(before|during|after) (.*)$/,
    (_all, time, region) => `${time}, ${region.replaceAll(' ', '-')}`,
  );
  return `${safeText(place, 120)}, ${when}: ${plainWords(journey)}, page ${Number(step)} (${plainWords(what)})`;
}

function plainWords(name: string): string {
  return safeText(name, 120)
    .replace(/\.[a-z]+$/, '')
    .replaceAll(/[-_]+/g, ' ');
}

function isEmbeddable({ base64 }: Screenshot): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
}
