import { cutTo, padTo } from '../../report/columns.ts';
import { formatCount, formatMoment, formatShare, listed, plural } from '../../report/words.ts';
import { type BlastCell, type BlastRadiusView, HURT } from '../blast-radius.ts';
import type { Degree } from '../cell-harm.ts';
import { heading, type PageOptions, page, paragraph, title } from './page.ts';

export const DEGREE_SIGNS: Readonly<Record<Degree, string>> = {
  gone: 'X',
  most: '█',
  'cut-off': '▓',
  some: '▒',
  none: '·',
  unknown: '?',
  absent: ' ',
};
export const DEGREE_WORDS: Readonly<Record<Degree, string>> = {
  gone: 'gone',
  most: 'failing',
  'cut-off': 'cut off',
  some: 'harmed',
  none: 'fine',
  unknown: 'not visited',
  absent: '',
};
const TONES = {
  gone: 'bad',
  most: 'bad',
  'cut-off': 'warn',
  some: 'warn',
  none: 'dim',
  unknown: 'dim',
  absent: 'dim',
} as const;
const NAME_WIDTH = 18;

/** Services × regions of each arm, one table above the other. */
export function printBlastRadius(
  views: readonly BlastRadiusView[],
  { id, title: what }: { readonly id: string; readonly title: string },
  options: PageOptions,
): string {
  return page([
    ...title(`${id}: blast radius`, options),
    ...paragraph(what, options),
    ...paragraph(LEGEND, options).map(line => options.paint('dim', line)),
    ...views.flatMap(view => ['', ...armLines(view, options)]),
    ...(views.length === 0 ? ['', 'No arm of this scenario left a journal.'] : []),
  ]);
}

const LEGEND = `${DEGREE_SIGNS.gone} gone: no instance or no database; ${DEGREE_SIGNS.most} failing: half of its visits or more; ${DEGREE_SIGNS['cut-off']} cut off: shoppers no longer get as far; ${DEGREE_SIGNS.some} harmed: more than the objective allows; ${DEGREE_SIGNS.none} fine; ${DEGREE_SIGNS.unknown} not visited by shoppers directly; > the mistake acted here.`;

function armLines(view: BlastRadiusView, options: PageOptions): string[] {
  const when = view.atMs === null ? 'each service at its worst' : `at ${formatMoment(view.atMs)}`;
  const width = Math.max(
    14,
    Math.min(26, Math.floor((options.width - NAME_WIDTH - 2) / Math.max(1, view.regions.length))),
  );
  const row = (name: string, cells: readonly string[]) =>
    `  ${padTo(cutTo(name, NAME_WIDTH - 1), NAME_WIDTH)}${cells.join('')}`.trimEnd();
  return [
    heading(
      `${(view.arm ?? 'unknown').toUpperCase()}, ${when}: ${view.hurt} of ${plural(view.cellsInWorld, 'service')} hit`,
      options,
    ),
    row(
      '',
      view.regions.map(region => padTo(cutTo(region, width - 1), width)),
    ),
    ...view.rows.map(({ service, cells }) =>
      row(
        service,
        cells.map(cell => cellText(cell, width, options)),
      ),
    ),
    ...sentences(view, options),
  ];
}

function cellText(cell: BlastCell, width: number, { paint }: PageOptions): string {
  const { degree, failing, isTarget } = cell;
  if (degree === 'absent') return ' '.repeat(width);
  const share =
    failing === null || degree === 'none' || degree === 'unknown' || degree === 'cut-off'
      ? ''
      : ` ${formatShare(failing)}`;
  const text = `${isTarget ? '>' : ' '}${DEGREE_SIGNS[degree]} ${DEGREE_WORDS[degree]}${degree === 'gone' ? '' : share}`;
  return paint(TONES[degree], padTo(cutTo(text, width - 1), width));
}

function sentences(view: BlastRadiusView, options: PageOptions): string[] {
  const cells = view.rows.flatMap(row => row.cells);
  const damaged = cells.filter(({ rowsLost, rowsCorrupted }) => rowsLost + rowsCorrupted > 0);
  const data = damaged.map(
    ({ cell, rowsLost, rowsCorrupted }) =>
      `${cell} ${[...(rowsLost > 0 ? [`${formatCount(rowsLost)} lost`] : []), ...(rowsCorrupted > 0 ? [`${formatCount(rowsCorrupted)} corrupted`] : [])].join(' and ')}`,
  );
  const harmed = cells.filter(({ degree }) => HURT.has(degree));
  const first = harmed.toSorted((a, b) => a.atMs - b.atMs)[0];
  return [
    ...(data.length === 0 ? [] : paragraph(`Rows, at worst: ${data.join('; ')}.`, options, 2)),
    ...(first === undefined || view.atMs !== null
      ? []
      : paragraph(`First of them at ${formatMoment(first.atMs)}: ${first.cell}.`, options, 2)),
    ...paragraph(reach(view), options, 2),
  ];
}

/** Arrows in words: which journeys need what was hit. */
function reach(view: BlastRadiusView): string {
  const hit = view.rows.flatMap(({ service, cells }) =>
    cells.some(({ degree }) => HURT.has(degree)) ? [service] : [],
  );
  if (hit.length === 0) return 'Nothing that shoppers reach was hit.';
  const lines = hit.map(service => {
    const from = view.links.filter(link => link.to === service).map(link => link.from.replaceAll('-', ' '));
    return from.length === 0 ? service : `${listed([...new Set(from)])} → ${service}`;
  });
  return `Reached through: ${lines.join('; ')}. Services of a region share one database server.`;
}
