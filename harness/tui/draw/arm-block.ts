import { cutTo, padTo } from '../../report/columns.ts';
import { formatMoment, journeyWords } from '../../report/words.ts';
import { columnOf } from '../../review/axis.ts';
import { BASIS_SIGNS, type ColumnBasis } from '../../review/basis-columns.ts';
import type { Tone } from '../../review/event-mark.ts';
import type { FeltColumn, FeltSeries } from '../../review/felt-series.ts';
import { TONE_PAINTS, TONE_SIGNS } from '../../review/print/page.ts';
import type { ArmTimeline, LaneView, TimelineView } from '../../review/timeline.ts';
import type { TimelineCursor } from '../ui-state.ts';
import type { Brush } from './brush.ts';
import { sized } from './text.ts';

export interface BlockOptions {
  readonly view: TimelineView;
  readonly cursor: TimelineCursor;
  /** `journey region` of the sparklines, in their order. */
  readonly series: readonly string[];
  readonly gutter: number;
  readonly columns: number;
  /** Leaves out the line of moments. */
  readonly isTight: boolean;
}

const BARS = '▁▂▃▄▅▆▇█';
const MOMENTS = {
  action: 'A',
  effect: 'E',
  impact: 'H',
  detected: 'D',
  spreadStopped: 'S',
  steadyAgain: 'R',
} as const;

/** Columns left of the axis. */
export function gutterOf(columns: number): number {
  return columns >= 120 ? 28 : 24;
}

/** Ticks, and a mark above the cursor. */
export function axisLine(
  { ticks, axis }: TimelineView,
  { cursor, gutter }: Pick<BlockOptions, 'cursor' | 'gutter' | 'columns'>,
  brush: Brush,
): string {
  let line = '';
  for (const { column, label } of ticks) {
    if (column < line.length || column + label.length > axis.columns) continue;
    line = `${line.padEnd(column)}${label}  `;
  }
  const at = columnOf(axis, cursor.atMs);
  const text = sized(line, axis.columns);
  const name = padTo(' world time', gutter);
  if (at === null) return brush('dim', `${name}${text}`);
  return `${brush('dim', `${name}${text.slice(0, at)}`)}${brush('strong', '▼')}${brush('dim', text.slice(at + 1))}`;
}

/** One arm: its name, the four lanes, its moments, and what shoppers felt. */
export function armBlock(arm: ArmTimeline, options: BlockOptions, brush: Brush): string[] {
  const { cursor, gutter, columns, isTight } = options;
  const isHere = arm.arm === cursor.arm;
  const end =
    arm.status === 'cut'
      ? `so far ${formatMoment(arm.endMs)}`
      : `${arm.status} at ${formatMoment(arm.endMs)}`;
  const head = sized(`${arm.arm.toUpperCase()}: ${arm.what} (${end})`, columns - 1);
  return [
    brush('strong', ` ${head}`.trimEnd()),
    ...arm.lanes.map(lane =>
      laneLine(lane, isHere && lane.lane === cursor.lane ? cursor : null, options, brush),
    ),
    ...(isTight ? [] : [momentLine(arm, options, brush)]),
    ...(arm.basis === null ? [] : [basisLine(arm.basis, gutter, brush)]),
    ...options.series.map(key =>
      feltLine(
        arm.felt.find(one => keyOf(one) === key),
        key,
        gutter,
        brush,
      ),
    ),
  ];
}

const WORST_FIRST: readonly Tone[] = ['bad', 'warn', 'good', 'plain'];

/** Several marks in one column show the worst; the cursor's own column is reversed. */
function laneLine(
  { lane, marks }: LaneView,
  cursor: TimelineCursor | null,
  { view, gutter }: BlockOptions,
  brush: Brush,
): string {
  const tones: (Tone | 'span' | undefined)[] = Array.from({ length: view.axis.columns });
  for (const { fromColumn, column } of marks) tones.fill('span', fromColumn, column);
  for (const { column, tone } of marks) {
    const there = tones[column];
    if (there === undefined || there === 'span' || WORST_FIRST.indexOf(tone) < WORST_FIRST.indexOf(there))
      tones[column] = tone;
  }
  const at = cursor === null ? null : columnOf(view.axis, cursor.atMs);
  const cells = tones.map((tone, column) => {
    const text = tone === undefined ? ' ' : tone === 'span' ? '─' : TONE_SIGNS[tone];
    if (column === at) return brush('cursor', text);
    return tone === undefined ? text : brush(tone === 'span' ? 'dim' : TONE_PAINTS[tone], text);
  });
  const name = padTo(`${cursor === null ? ' ' : '▸'} ${lane}`, gutter);
  return `${cursor === null ? name : brush('strong', name)}${cells.join('')}`;
}

/** Where the mistake's moments lie; two in one column show the first. */
function momentLine({ moments }: ArmTimeline, { view, gutter }: BlockOptions, brush: Brush): string {
  const cells = Array.from({ length: view.axis.columns }, () => ' ');
  for (const { moment, column } of moments.toReversed()) if (column !== null) cells[column] = MOMENTS[moment];
  return brush('accent', `${padTo('  moments', gutter)}${cells.join('')}`.trimEnd());
}

/** On a live stack: which of the bars below were lived through, and which hold a sample's rates. */
function basisLine(columns: readonly ColumnBasis[], gutter: number, brush: Brush): string {
  const { measured, extrapolated } = BASIS_SIGNS;
  const words = [
    `  ${measured} measured ${extrapolated} extrapolated`,
    `  ${measured} measured ${extrapolated} extrap.`,
  ];
  const name = words.find(text => text.length < gutter) ?? '  basis';
  return `${padTo(name, gutter)}${brush('dim', columns.map(one => BASIS_SIGNS[one]).join(''))}`.trimEnd();
}

/** Places with the most hurt first, over all shown arms; at least one, so that the eye sees that nobody was hurt. */
export function seriesToShow({ arms }: TimelineView, most: number): string[] {
  const hurt = new Map<string, number>();
  for (const { felt } of arms)
    for (const series of felt)
      hurt.set(keyOf(series), Math.max(hurt.get(keyOf(series)) ?? 0, series.hurtColumns));
  const order = [...hurt].toSorted(([, a], [, b]) => b - a);
  const worst = order.filter(([, columns]) => columns > 0);
  return (worst.length === 0 ? order.slice(0, 1) : worst).slice(0, most).map(([key]) => key);
}

function keyOf({ journey, region }: FeltSeries): string {
  return `${journeyWords(journey)} ${region}`;
}

function feltLine(series: FeltSeries | undefined, key: string, gutter: number, brush: Brush): string {
  const name = padTo(cutTo(`  ${key}`, gutter - 1), gutter);
  if (series === undefined) return `${name}${brush('dim', 'no visits')}`;
  const cells = series.columns.map(column =>
    column.isHurt ? brush('bad', bar(column)) : brush('good', bar(column)),
  );
  return `${name}${cells.join('')}`;
}

function bar({ ratio }: FeltColumn): string {
  if (ratio === null) return ' ';
  return BARS[Math.min(BARS.length - 1, Math.floor(ratio * (BARS.length - 1) + 1e-9))] ?? ' ';
}
