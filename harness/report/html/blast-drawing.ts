import { type BlastCell, type BlastRadiusView, HURT } from '../../review/blast-radius.ts';
import type { Degree } from '../../review/cell-harm.ts';
import { DEGREE_SIGNS, DEGREE_WORDS } from '../../review/print/print-blast-radius.ts';
import { formatShare, journeyWords } from '../words.ts';
import type { Drawing, Label, Sign, Span } from './drawing.ts';

const ROW = 28;
const HEAD = 48;
const SOURCES = 132;
const WIRES = 70;
const NAMES = 104;
const CELL = 108;
const GAP = 24;
const MOST_ROWS = 40;
const MOST_REGIONS = 6;
/** Where a wire ends, a triangle that points to the right. */
const ARROW = 'M0.6,0L-0.6,0.7L-0.6,-0.7Z';

const COLOURS: Readonly<Record<Degree, readonly [fill: string, text: string]>> = {
  gone: ['var(--gone)', 'var(--gone-ink)'],
  most: ['var(--most)', 'var(--most-ink)'],
  'cut-off': ['var(--cut)', 'var(--cut-ink)'],
  some: ['var(--some)', 'var(--some-ink)'],
  none: ['var(--track)', 'var(--muted)'],
  unknown: ['var(--track)', 'var(--muted)'],
  absent: ['transparent', 'var(--muted)'],
};

/** Services × regions at their worst, arm beside arm, with arrows from what shoppers want to the services that it reaches. */
export function blastDrawing(views: readonly BlastRadiusView[]): Drawing {
  const services = (views[0]?.rows ?? []).slice(0, MOST_ROWS).map(({ service }) => service);
  const wires = wiresOf(views, services);
  const nameX = SOURCES + WIRES + NAMES;
  const armWidth = Math.min(MOST_REGIONS, views[0]?.regions.length ?? 0) * CELL;
  const grids = views.map((view, index) => gridOf(view, nameX + 8 + index * (armWidth + GAP)));
  const names = services.map((text, row) => label(SOURCES + WIRES + 6, middle(row), text));
  return {
    width: nameX + 8 + views.length * (armWidth + GAP),
    height: HEAD + Math.max(services.length, wires.names.length) * ROW + 4,
    layers: [
      { kind: 'lines', items: wires.lines, width: 1.5 },
      { kind: 'signs', items: wires.arrows, size: 50, isFilled: true },
      { kind: 'labels', items: wires.names, align: 'right', limit: SOURCES - 4 },
      { kind: 'labels', items: names, limit: NAMES - 8 },
      { kind: 'rects', items: grids.flatMap(({ cells }) => cells), corner: 3 },
      {
        kind: 'labels',
        items: grids.flatMap(({ words }) => words),
        align: 'center',
        size: 11,
        limit: CELL - 8,
      },
      { kind: 'labels', items: grids.flatMap(({ regions }) => regions), align: 'center', limit: CELL - 6 },
      {
        kind: 'labels',
        items: [
          ...(wires.names.length === 0 ? [] : [label(0, HEAD / 4, 'Reached by')]),
          ...grids.flatMap(({ head }) => head),
        ],
        isBold: true,
        size: 13,
      },
    ],
  };
}

interface Wires {
  readonly lines: Span[];
  readonly arrows: Sign[];
  readonly names: Label[];
}

/** From each journey (or calling service) to the services that it reaches; those to a service that was hit stand out. */
function wiresOf(views: readonly BlastRadiusView[], services: readonly string[]): Wires {
  const links = (views[0]?.links ?? []).filter(({ to }) => services.includes(to));
  const hit = new Set(
    views.flatMap(({ rows }) =>
      rows.filter(({ cells }) => cells.some(({ degree }) => HURT.has(degree))).map(({ service }) => service),
    ),
  );
  const sources = [...new Set(links.map(({ from }) => from))].slice(0, MOST_ROWS);
  const gap = sources.length < 2 ? ROW : Math.max(ROW, ((services.length - 1) * ROW) / (sources.length - 1));
  const yOf = (index: number) => HEAD + ROW / 2 + index * gap;
  const shown = links
    .filter(({ from }) => sources.includes(from))
    .toSorted((a, b) => Number(hit.has(a.to)) - Number(hit.has(b.to)));
  const ends = shown.map(({ from, to }) => ({
    y: yOf(sources.indexOf(from)),
    y2: middle(services.indexOf(to)),
    colour: hit.has(to) ? 'var(--bad)' : 'var(--wire)',
  }));
  const end = SOURCES + WIRES;
  return {
    lines: ends.map(({ y, y2, colour }) => ({ x: SOURCES + 2, x2: end - 6, y, y2, colour })),
    arrows: ends.map(({ y2, colour }) => ({ x: end - 4, y: y2, shape: ARROW, colour })),
    names: sources.map((from, index) => label(SOURCES - 4, yOf(index), journeyWords(from))),
  };
}

interface Grid {
  readonly head: Label[];
  readonly regions: Label[];
  readonly cells: Span[];
  readonly words: Label[];
}

function gridOf(view: BlastRadiusView, x: number): Grid {
  const regions = view.regions.slice(0, MOST_REGIONS);
  const placed = view.rows
    .slice(0, MOST_ROWS)
    .flatMap(({ cells }, row) => cells.slice(0, MOST_REGIONS).map((cell, column) => ({ cell, row, column })))
    .filter(({ cell }) => cell.degree !== 'absent');
  return {
    head: [label(x, HEAD / 4, view.arm === 'unguarded' ? 'No guardrails' : 'With the profile')],
    regions: regions.map((region, column) =>
      label(x + (column + 0.5) * CELL, HEAD - 12, region, 'var(--muted)'),
    ),
    cells: placed.map(({ cell, row, column }) => ({
      x: x + column * CELL + 2,
      x2: x + (column + 1) * CELL - 2,
      y: HEAD + row * ROW + 2,
      y2: HEAD + (row + 1) * ROW - 2,
      colour: COLOURS[cell.degree][0],
    })),
    words: placed.map(({ cell, row, column }) =>
      label(x + (column + 0.5) * CELL, middle(row), cellWords(cell), COLOURS[cell.degree][1]),
    ),
  };
}

/** `▸ X gone`, `█ failing 62%`: sign and word, so that a cell says the same without its colour. */
export function cellWords({ degree, failing, isTarget }: BlastCell): string {
  const hasShare = failing !== null && (degree === 'most' || degree === 'some');
  const words = [
    isTarget ? '▸' : '',
    HURT.has(degree) ? DEGREE_SIGNS[degree] : '',
    DEGREE_WORDS[degree],
    hasShare ? formatShare(failing) : '',
  ];
  return words.filter(word => word !== '').join(' ');
}

function middle(row: number): number {
  return HEAD + (row + 0.5) * ROW;
}

function label(x: number, y: number, text: string, colour = 'var(--ink)'): Label {
  return { x, y, text, colour };
}
