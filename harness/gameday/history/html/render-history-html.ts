import { folded, list, paragraph, table } from '../../../report/html/blocks.ts';
import { type Draw, openDraw } from '../../../report/html/draw.ts';
import { figure } from '../../../report/html/figure.ts';
import { html, type Markup, NOTHING } from '../../../report/html/markup.ts';
import { page } from '../../../report/html/page.ts';
import { plural } from '../../../report/words.ts';
import type { History, Series } from '../history.ts';
import { MEASURES, trendOf } from '../measures.ts';
import {
  changeSentence,
  heldWords,
  newestFirst,
  seriesName,
  shareWords,
  spanWords,
  streakSentence,
  timeOf,
} from '../words.ts';
import { trendDrawing } from './trend-drawing.ts';

/** Points in one chart: more could not be told apart. */
const MOST_POINTS = 120;

/** The history as one page that needs no network and no script. The same history gives the same bytes. */
export async function renderHistoryHtml(history: History): Promise<string> {
  const draw = await openDraw();
  const sections: Markup[] = [];
  for (const [index, series] of history.series.entries())
    sections.push(await seriesSection(series, { number: index + 1, draw }));
  const days = history.series.reduce((sum, { points }) => sum + points.length, 0);
  const body = html`<header>
<p class="eyebrow">Resilience history: AI agents’ mistakes on a mock retail company</p>
<h1>History of ${history.folder}</h1>
<p class="quiet">${plural(days, 'result')} in ${history.series.length} series. Only what was asked alike is compared.</p>
</header>
<main>
${sections}${leftOutSection(history)}</main>
`;
  return page({ title: `History of ${history.folder}`, body });
}

async function seriesSection(
  series: Series,
  { number, draw }: { readonly number: number; readonly draw: Draw },
): Promise<Markup> {
  const name = seriesName(series);
  const shown = series.points.slice(-MOST_POINTS);
  const told = MEASURES.map(measure => `${measure.label} ${trendOf(measure, shown).now}`).join(', ');
  const chart =
    shown.length < 2
      ? NOTHING
      : await figure(
          {
            name: `Trend ${number}`,
            alternative: `Trend of ${name} over ${plural(shown.length, 'result')}. Latest: ${told}.`,
            key: html`<p class="key"><span>Each band has its own scale. A red diamond is a result with a weakness. A line ends where something else was asked, or nothing was measured.</span></p>`,
            drawing: trendDrawing(shown, MEASURES),
          },
          draw,
        );
  const id = `series-${number}`;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>
${paragraph(`${spanWords(series)}.`, 'quiet')}${chart}${changeParts(series)}${pointTable(series, number)}${folded(
  `Not compared (${series.leftOut.length})`,
  list(series.leftOut),
)}</section>
`;
}

function changeParts({ changes, streaks, points }: Series): Markup {
  if (points.length < 2) return paragraph('There is nothing before it to compare with.');
  const found = newestFirst(changes).map(changeSentence);
  return html`<h3>Issues and drift</h3>
${found.length === 0 ? paragraph('No issue was discovered or fixed, and every guardrail does what it did.') : list(found)}<h3>How long</h3>
${list(streaks.map(streakSentence))}`;
}

function pointTable({ points }: Series, number: number): Markup {
  return table({
    name: `Results ${number}`,
    head: ['Begun (UTC)', 'Held', 'Score', 'Contained', 'Let through', 'Exit', 'Folder'],
    rows: points
      .toReversed()
      .slice(0, MOST_POINTS)
      .map(point => [
        timeOf(point.startedAt),
        heldWords(point),
        point.score === null ? '–' : String(point.score),
        shareWords(point.containment),
        shareWords(point.letThrough),
        `${point.exit.code} ${point.exit.name}`,
        point.directory,
      ]),
    figures: [1, 2, 3, 4],
  });
}

function leftOutSection({ skipped, older }: History): Markup {
  if (skipped.length === 0 && older === 0) return NOTHING;
  return html`<section aria-labelledby="left-out"><h2 id="left-out">Left out</h2>
${older === 0 ? null : paragraph(`${plural(older, 'older result')} not read.`)}${list(
  skipped.map(({ directory, because }) => `${directory}: ${because}`),
)}</section>
`;
}
