import { cutTo, padTo, wrap } from '../../report/columns.ts';
import { formatCount, formatMoment, formatShare } from '../../report/words.ts';
import { type BlastCell, type BlastRadiusView, HURT } from '../../review/blast-radius.ts';
import type { Degree } from '../../review/cell-harm.ts';
import { bodyRows, clamp } from '../geometry.ts';
import { scenarioOf } from '../shown-scenarios.ts';
import type { UiState } from '../ui-state.ts';
import { arrowLines } from './blast-arrows.ts';
import { blastViews, chosenRow } from './blast-views.ts';
import type { Brush, BrushTone } from './brush.ts';
import { scrubLine } from './scrub-line.ts';
import { sized } from './text.ts';

const DEGREE_SIGNS: Readonly<Record<Degree, string>> = {
  gone: 'X',
  most: '█',
  'cut-off': '▓',
  some: '▒',
  none: '·',
  unknown: '?',
  absent: ' ',
};
const WORDS: Readonly<Record<Degree, string>> = {
  gone: 'gone',
  most: 'failing',
  'cut-off': 'cut off',
  some: 'harmed',
  none: 'fine',
  unknown: 'unseen',
  absent: '',
};
const TONES: Readonly<Record<Degree, BrushTone>> = {
  gone: 'bad',
  most: 'bad',
  'cut-off': 'warn',
  some: 'warn',
  none: 'dim',
  unknown: 'dim',
  absent: 'dim',
};
const LEAST_CELL = 7;
const MOST_CELL = 15;
const LEGEND = 'X gone █ most fail ▓ cut off ▒ harmed · fine ? unseen > mistake acted here';

/** Services × regions of each shown arm side by side, a line of time to scrub along, and how the harm was reached. */
export function blastBody(state: UiState, brush: Brush): string[] {
  const scenario = scenarioOf(state);
  if (scenario === null) return [];
  const { columns } = state.size;
  const { views, endMs, changes } = blastViews(scenario, {
    atMs: state.blast.atMs,
    arms: state.timeline.arms,
  });
  const first = views[0];
  if (first === undefined) return ['', '  No arm of this scenario left a journal.'];
  const rows = bodyRows(state.size);
  const chosen = chosenRow(views, state.blast.row);
  const table = tableLines(views, { columns, chosen }, brush);
  const foot = [
    ...detailLines(views, chosen, columns, brush),
    ...arrowLines(views, { columns, service: first.rows[chosen]?.service ?? null }, brush),
  ];
  const head = [scrubLine(changes, { atMs: state.blast.atMs, endMs, columns }, brush), ''];
  const room = rows - head.length - table.length - 2;
  const legend = wrap(` ${LEGEND}`, { width: columns, hanging: 1 }).map(line => brush('dim', line));
  return [
    ...head,
    ...table,
    brush('dim', '─'.repeat(columns)),
    ...foot.slice(0, Math.max(0, room)),
    ...legend,
  ].slice(0, rows);
}

function tableLines(
  views: readonly BlastRadiusView[],
  { columns, chosen }: { readonly columns: number; readonly chosen: number },
  brush: Brush,
): string[] {
  const name = columns >= 100 ? 18 : 16;
  const places = Math.max(1, ...views.map(({ regions }) => regions.length));
  const fits = Math.max(1, Math.min(views.length, Math.floor((columns - name) / (places * LEAST_CELL + 1))));
  const shown = views.slice(0, fits);
  const cell = clamp(Math.floor((columns - name - fits) / (fits * places)), LEAST_CELL, MOST_CELL);
  const width = cell * places + 1;
  const block = (text: string) => sized(text, width);
  const rows = shown[0]?.rows ?? [];
  return [
    `${padTo('', name)}${shown.map(view => brush('strong', block(`${(view.arm ?? '').toUpperCase()}: ${view.hurt}/${view.cellsInWorld} hit`))).join('')}`,
    `${padTo('', name)}${shown.map(({ regions }) => brush('dim', padTo(regions.map(region => sized(region.length < cell ? ` ${region}` : region, cell)).join(''), width))).join('')}`,
    ...rows.map(({ service }, index) => {
      const label = sized(`${index === chosen ? '▸' : ' '} ${service}`, name - 1);
      const cells = shown.map(view =>
        padCells(
          (view.rows[index]?.cells ?? []).map(one => cellText(one, cell, brush)),
          places * cell - (view.rows[index]?.cells.length ?? 0) * cell + 1,
        ),
      );
      return `${index === chosen ? brush('strong', label) : label} ${cells.join('')}`;
    }),
    ...(fits < views.length
      ? [brush('dim', cutTo(`  ${views.length - fits} arms more need a wider window.`, columns))]
      : []),
  ];
}

function padCells(cells: readonly string[], rest: number): string {
  return `${cells.join('')}${' '.repeat(Math.max(0, rest))}`;
}

function cellText({ degree, failing, isTarget }: BlastCell, width: number, brush: Brush): string {
  if (degree === 'absent') return ' '.repeat(width);
  const share =
    failing !== null && (degree === 'most' || degree === 'some')
      ? formatShare(failing).replace(/\.\d/, '')
      : WORDS[degree];
  const both = width >= 13 && share !== WORDS[degree] ? `${WORDS[degree]} ${share}` : share;
  return brush(
    TONES[degree],
    sized(
      `${isTarget ? '>' : ' '}${DEGREE_SIGNS[degree]} ${width < 9 ? share.slice(0, width - 3) : both}`,
      width,
    ),
  );
}

/** The chosen service in words, an arm a line. */
function detailLines(
  views: readonly BlastRadiusView[],
  chosen: number,
  columns: number,
  brush: Brush,
): string[] {
  return views.flatMap(view => {
    const row = view.rows[chosen];
    if (row === undefined) return [];
    const cells = row.cells.filter(({ degree }) => degree !== 'absent').map(cellWords);
    const tier = row.tier === null ? '' : ` (tier ${row.tier})`;
    const isHurt = row.cells.some(({ degree }) => HURT.has(degree));
    const line = cutTo(` ${row.service}${tier}, ${view.arm ?? ''}: ${cells.join('; ')}`, columns);
    return [isHurt ? brush('warn', line) : line];
  });
}

function cellWords({ region, degree, atMs, failing, rowsLost, rowsCorrupted }: BlastCell): string {
  const since = HURT.has(degree) ? ` since ${formatMoment(atMs)}` : '';
  const share = failing === null || failing === 0 ? '' : `, ${formatShare(failing)} of visits fail`;
  const rows = [
    ...(rowsLost > 0 ? [`${formatCount(rowsLost)} rows lost`] : []),
    ...(rowsCorrupted > 0 ? [`${formatCount(rowsCorrupted)} rows corrupted`] : []),
  ];
  return `${region} ${WORDS[degree]}${since}${share}${rows.length === 0 ? '' : `, ${rows.join(', ')}`}`;
}
