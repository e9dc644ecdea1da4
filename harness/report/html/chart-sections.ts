import { type BlastCell, type BlastRadiusView, blastRadius, HURT } from '../../review/blast-radius.ts';
import { type Layer, type LayersView, layers } from '../../review/layers.ts';
import type { ScenarioOverview } from '../../review/overview.ts';
import { LAYER_SIGNS, LAYER_WORDS } from '../../review/print/print-layers.ts';
import { MOMENT_WORDS } from '../../review/print/print-timeline.ts';
import type { ScenarioStory } from '../../review/run-story.ts';
import { type TimelineView, timeline } from '../../review/timeline.ts';
import { formatMoment, plural } from '../words.ts';
import { blastDrawing, cellWords } from './blast-drawing.ts';
import { folded, paragraph, table } from './blocks.ts';
import type { Draw } from './draw.ts';
import { figure } from './figure.ts';
import { answerKey, blastKey, timelineKey } from './keys.ts';
import { layersDrawing } from './layers-drawing.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { TIMELINE_COLUMNS, timelineDrawing } from './timeline-drawing.ts';

/** Timeline, blast radius and layers of one scenario, each with its alternative in words. */
export async function chartSections(
  story: ScenarioStory,
  { id }: ScenarioOverview,
  draw: Draw,
): Promise<Markup> {
  const time = timeline(story.arms, story.score, { columns: TIMELINE_COLUMNS });
  const blasts = blastViews(story);
  const defence = layers(story);
  return html`${await timelineSection(id, time, draw)}${await blastSection(id, blasts, draw)}${await layersSection(id, defence, draw)}`;
}

function blastViews({ arms, score }: ScenarioStory): BlastRadiusView[] {
  return (['unguarded', 'guarded'] as const).flatMap(arm => {
    const state = arms[arm];
    if (state === undefined) return [];
    return [blastRadius(state, { calm: arms.calm ?? null, score: score?.arms[arm] ?? null, atMs: null })];
  });
}

async function timelineSection(id: string, view: TimelineView, draw: Draw): Promise<Markup> {
  if (view.arms.length === 0) return NOTHING;
  const name = `Timeline of ${id}`;
  const alternative = `Timeline: ${view.arms
    .map(({ arm, moments }) => {
      const told = moments.map(({ moment, atMs }) => `${MOMENT_WORDS[moment]} at ${formatMoment(atMs)}`);
      return `${arm}: ${told.length === 0 ? 'the mistake never took effect' : told.join(', ')}`;
    })
    .join('. ')}. Moments and events are listed under Details.`;
  return html`<h3>Timeline</h3>\n${await figure({ name, alternative, key: timelineKey({ isLive: view.arms.some(({ basis }) => basis !== null) }), drawing: timelineDrawing(view) }, draw)}`;
}

async function blastSection(id: string, views: readonly BlastRadiusView[], draw: Draw): Promise<Markup> {
  const [first] = views;
  if (first === undefined || first.rows.length === 0) return NOTHING;
  const told = views.map(
    view => `${view.arm ?? 'arm'}: ${view.hurt} of ${plural(view.cellsInWorld, 'service')} hit`,
  );
  const picture = {
    name: `Blast radius of ${id}`,
    alternative: `Blast radius, each service at its worst. ${told.join('. ')}. The same follows as a table.`,
    key: blastKey(),
    drawing: blastDrawing(views),
  };
  return html`<h3>Blast radius</h3>
${paragraph(`Each service at its worst; ${told.join(', ')}.`)}${await figure(picture, draw)}${folded(
  'The blast radius as a table',
  blastTable(id, views),
)}`;
}

/** A row for each service, arms side by side. */
function blastTable(id: string, views: readonly BlastRadiusView[]): Markup {
  const places = (views[0]?.rows ?? []).flatMap(({ service, cells }, row) =>
    cells.flatMap(({ region, degree }, column) =>
      degree === 'absent' ? [] : [{ name: `${service}/${region}`, row, column }],
    ),
  );
  const rows = places.map(({ name, row, column }) => [
    name,
    ...views.map(({ rows: all }) => worstWords(all[row]?.cells[column])),
  ]);
  const head = [
    'Service',
    ...views.map(({ arm }) => (arm === 'unguarded' ? 'No guardrails' : 'With the profile')),
  ];
  return table({ name: `Blast radius of ${id} as a table`, head, rows });
}

/** `▸ X gone, from 0h40m; 2,880 rows lost`. */
function worstWords(cell: BlastCell | undefined): string {
  if (cell === undefined) return '';
  const { degree, atMs, rowsLost, rowsCorrupted } = cell;
  const data = [
    rowsLost === 0 ? '' : `; ${plural(rowsLost, 'row')} lost`,
    rowsCorrupted === 0 ? '' : `; ${plural(rowsCorrupted, 'row')} corrupted`,
  ];
  return `${cellWords(cell)}${HURT.has(degree) ? `, from ${formatMoment(atMs)}` : ''}${data.join('')}`;
}

async function layersSection(id: string, view: LayersView, draw: Draw): Promise<Markup> {
  const all = view.layers ?? [];
  const heading = html`<h3>Layers of defence</h3>\n`;
  if (all.length === 0) return html`${heading}${paragraph(view.sentence)}`;
  const told = all.map(({ guardrail, outcome }) => `${guardrail} ${LAYER_WORDS[outcome].toLowerCase()}`);
  const picture = {
    name: `Layers of defence in ${id}`,
    alternative: `Layers of defence in order: ${told.join(', ')}. The table below says why.`,
    key: answerKey(),
    drawing: layersDrawing(view),
  };
  return html`${heading}${paragraph(view.sentence)}${view.atStake === null ? null : paragraph(`At stake without any: ${view.atStake}`)}${view.tries.length === 0 ? paragraph('No try of the mistake came as far as a layer.') : await figure(picture, draw)}${table(
    {
      name: `Layers in ${id} as a table`,
      head: ['Layer', 'Did', 'Asked', 'Refused', 'Why', 'Without it'],
      rows: all.map(layerRow),
      figures: [2, 3],
    },
  )}`;
}

function layerRow({ guardrail, outcome, asked, refused, why, atMs, seq, without }: Layer) {
  const place = seq === null || atMs === null ? '' : ` [${formatMoment(atMs)}, line ${seq}]`;
  return [
    guardrail,
    html`<span class="outcome ${outcome}">${LAYER_SIGNS[outcome]} ${LAYER_WORDS[outcome].toLowerCase()}</span>`,
    asked,
    refused,
    `${why}${place}`,
    without,
  ];
}
