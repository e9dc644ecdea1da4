import type { Scorecard } from '../../score/scorecard.ts';
import { formatTime } from '../words.ts';
import { folded, paragraph, table } from './blocks.ts';
import type { Draw } from './draw.ts';
import { figure } from './figure.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { countWords, seedSpreads, sensitivityDrawing } from './sensitivity-drawing.ts';
import { containedWords, costWords, tradeOffDrawing, tradeOffs } from './trade-off-drawing.ts';

/** Containment against friction over all scenarios, and over all profiles that were run beside each other. */
export async function tradeOffSection(cards: readonly Scorecard[], draw: Draw): Promise<Markup> {
  const rows = tradeOffs(cards);
  if (rows.length === 0) return NOTHING;
  const told = rows.map(
    row => `${row.name}: contained ${containedWords(row)}, harmless work ${costWords(row)}`,
  );
  const picture = {
    name: 'Containment against friction',
    alternative: `Containment against friction. ${told.join('. ')}.`,
    key: html`<p class="key"><span>Left: the longer, the better. Right: how long the same task done properly waited; the shorter, the better.</span></p>`,
    drawing: tradeOffDrawing(rows),
  };
  return html`<section aria-labelledby="trade-off"><h2 id="trade-off">Containment against friction</h2>
${await figure(picture, draw)}${folded(
  'Containment against friction as a table',
  table({
    name: 'Containment against friction as a table',
    head: ['Scenario', 'Contained', 'Harmless work waited'],
    rows: rows.map(row => [row.name, containedWords(row), costWords(row)]),
  }),
)}</section>
`;
}

/** How verdicts vary over the seeds; nothing for a single seed. */
export async function sensitivitySection(card: Scorecard, draw: Draw): Promise<Markup> {
  const spreads = seedSpreads(card.scenarios);
  if (spreads.length === 0) return NOTHING;
  const told = spreads.map(spread => `${spread.name}: of ${spread.seeds} seeds ${countWords(spread)}`);
  const picture = {
    name: 'Sensitivity over seeds',
    alternative: `Sensitivity over seeds. ${told.join('. ')}.`,
    key: html`<p class="key"><span><i class="swatch good"></i> contained</span> <span><i class="swatch bad"></i> escaped</span> <span><i class="swatch warn"></i> inconclusive</span> <span>The long mark is the median.</span></p>`,
    drawing: sensitivityDrawing(spreads),
  };
  return html`<section aria-labelledby="seeds"><h2 id="seeds">Sensitivity over seeds</h2>
${paragraph('Over the declared variation: no probability. Every scenario above shows its worst seed.')}${await figure(picture, draw)}${table(
  {
    name: 'Sensitivity as a table',
    head: [
      'Scenario',
      'Verdicts',
      'Contained, p5 / median / p95',
      'Outage with guardrails, p5 / median / p95',
    ],
    rows: spreads.map(spread => {
      const { containmentRatio: ratio, guardedOutageMs: outage } = spread;
      return [
        spread.name,
        countWords(spread),
        ratio === null ? 'not measured' : [ratio.p5, ratio.median, ratio.p95].map(percent).join(' / '),
        outage === null
          ? 'not measured'
          : [outage.p5, outage.median, outage.p95].map(value => formatTime(Math.round(value))).join(' / '),
      ];
    }),
  },
)}</section>
`;
}

function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)}%`;
}
