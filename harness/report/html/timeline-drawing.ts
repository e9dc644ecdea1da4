import type { ColumnBasis } from '../../review/basis-columns.ts';
import type { Lane, Tone } from '../../review/event-mark.ts';
import type { FeltColumn, FeltSeries } from '../../review/felt-series.ts';
import type { ArmTimeline, LaneView, TimelineView } from '../../review/timeline.ts';
import { formatMoment, journeyWords } from '../words.ts';
import type { Drawing, Label, Sign, Span } from './drawing.ts';
import { TONE_COLOURS, TONE_SHAPES } from './signs.ts';

/** Columns of the axis; a column is so many pixels wide. */
export const TIMELINE_COLUMNS = 156;
const COLUMN = 5;
const MARGIN = 172;
const ROW = 20;
const HEAD = 26;
const GAP = 14;
const AXIS = 20;
/** Room that the last tick's label needs. */
const LABEL = 44;
const MOST_PLACES = 8;
const WIDTH = MARGIN + TIMELINE_COLUMNS * COLUMN + 12;

const LANE_WORDS: Readonly<Record<Lane, string>> = {
  agent: 'agent',
  guardrails: 'guardrails',
  people: 'people',
  world: 'world',
};

interface Parts {
  readonly bands: Span[];
  readonly rules: Span[];
  readonly tracks: Span[];
  readonly failing: Span[];
  readonly spans: Span[];
  readonly signs: Sign[];
  readonly names: Label[];
  readonly heads: Label[];
  readonly notes: Label[];
  readonly ticks: Label[];
}

/** Both arms above one another on one axis: lanes of events, and the share of visits that failed. Rows are the same in both. */
export function timelineDrawing(view: TimelineView): Drawing {
  const parts: Parts = {
    ...{ bands: [], rules: [], tracks: [], failing: [], spans: [] },
    ...{ signs: [], names: [], heads: [], notes: [], ticks: [] },
  };
  const places = shownPlaces(view.arms);
  let y = AXIS;
  for (const arm of view.arms) y = drawArm(arm, { view, places, y }, parts) + GAP;
  const height = y - GAP + 4;
  for (const { column, label } of view.ticks) {
    const x = xOf(column);
    if (x > WIDTH - LABEL) continue;
    parts.rules.unshift({ x, x2: x, y: AXIS - 2, y2: height, colour: 'var(--line)' });
    parts.ticks.push({ x: x + 3, y: AXIS / 2, text: label.replace(/h00m$/, 'h'), colour: 'var(--muted)' });
  }
  return {
    width: WIDTH,
    height,
    layers: [
      { kind: 'rects', items: parts.bands },
      { kind: 'lines', items: parts.rules },
      { kind: 'rects', items: parts.tracks },
      { kind: 'rects', items: parts.failing },
      { kind: 'lines', items: parts.spans, width: 2 },
      { kind: 'signs', items: parts.signs, size: 90 },
      { kind: 'labels', items: parts.names, align: 'right', limit: MARGIN - 12 },
      { kind: 'labels', items: parts.heads, isBold: true, size: 13, limit: MARGIN - 8 },
      { kind: 'labels', items: parts.notes, size: 11 },
      { kind: 'labels', items: parts.ticks, size: 11 },
    ],
  };
}

/** Journeys × regions that were hurt in any arm, the worst first; the first ones where none was. */
function shownPlaces(arms: readonly ArmTimeline[]): readonly string[] {
  const hurt = arms.flatMap(({ felt }) => felt.filter(({ hurtColumns }) => hurtColumns > 0));
  const all = hurt.length > 0 ? hurt : (arms[0]?.felt ?? []).slice(0, 1);
  return [...new Set(all.map(placeOf))].slice(0, MOST_PLACES);
}

function drawArm(
  arm: ArmTimeline,
  { view, places, y }: { view: TimelineView; places: readonly string[]; y: number },
  parts: Parts,
): number {
  const name = arm.arm === 'unguarded' ? 'No guardrails' : 'With the profile';
  parts.heads.push({ x: 0, y: y + HEAD / 2, text: name, colour: 'var(--ink)' });
  let rowY = y + HEAD;
  for (const lane of arm.lanes) {
    drawLane(lane, rowY + ROW / 2, parts);
    rowY += ROW;
  }
  if (arm.basis !== null) {
    drawBasis(arm.basis, rowY, parts);
    rowY += ROW;
  }
  for (const place of places) {
    const series = arm.felt.find(one => placeOf(one) === place);
    parts.names.push({ x: MARGIN - 8, y: rowY + ROW / 2, text: place, colour: 'var(--ink)' });
    if (series !== undefined) drawFelt(series, rowY, parts);
    rowY += ROW;
  }
  drawHarm(arm, { view, y, bottom: rowY }, parts);
  return rowY;
}

/** Several signs of one column show the worst. */
function drawLane({ lane, marks }: LaneView, y: number, parts: Parts): void {
  parts.names.push({ x: MARGIN - 8, y, text: LANE_WORDS[lane], colour: 'var(--ink)' });
  const end = xOf(TIMELINE_COLUMNS);
  parts.rules.push({ x: MARGIN, x2: end, y, y2: y, colour: 'var(--line)' });
  const tones = new Map<number, Tone>();
  const spans = new Map<string, Span>();
  for (const { column, fromColumn, tone } of marks) {
    const there = tones.get(column);
    if (there === undefined || WORST_FIRST.indexOf(tone) < WORST_FIRST.indexOf(there))
      tones.set(column, tone);
    if (fromColumn >= column) continue;
    const [x, x2] = [middleOf(fromColumn), middleOf(column)];
    spans.set(`${x} ${x2}`, { x, x2, y, y2: y, colour: 'var(--muted)' });
  }
  parts.spans.push(...spans.values());
  for (const [column, tone] of tones)
    parts.signs.push({ x: middleOf(column), y, shape: TONE_SHAPES[tone], colour: TONE_COLOURS[tone] });
}

const WORST_FIRST: readonly Tone[] = ['bad', 'warn', 'good', 'plain'];

/** A pale track where shoppers came, and in it from the bottom the share that failed. Equal neighbours are one shape. */
function drawFelt({ columns }: FeltSeries, y: number, parts: Parts): void {
  const bottom = y + ROW - 3;
  const full = ROW - 6;
  forRuns(columns, levelOf, (level, from, to) => {
    if (level === null) return;
    const [x, x2] = [xOf(from), xOf(to)];
    parts.tracks.push({ x, x2, y: bottom - full, y2: bottom, colour: 'var(--track)' });
    if (level === 0) return;
    const colour = level > 0 ? 'var(--bad)' : 'var(--muted)';
    parts.failing.push({ x, x2, y: bottom - full * Math.abs(level), y2: bottom, colour });
  });
}

/** On a live stack: full where visits were lived through, half where some were, pale where a sample's rates were held. */
function drawBasis(columns: readonly ColumnBasis[], y: number, parts: Parts): void {
  parts.names.push({ x: MARGIN - 8, y: y + ROW / 2, text: 'measured visits', colour: 'var(--ink)' });
  const bottom = y + ROW - 3;
  forRuns(
    columns,
    basis => basis,
    (basis, from, to) => {
      if (basis === 'none') return;
      const [x, x2] = [xOf(from), xOf(to)];
      parts.tracks.push({ x, x2, y: bottom - 4, y2: bottom, colour: 'var(--track)' });
      if (basis === 'extrapolated') return;
      const height = basis === 'measured' ? ROW - 6 : (ROW - 6) / 2;
      parts.failing.push({ x, x2, y: bottom - height, y2: bottom, colour: 'var(--muted)' });
    },
  );
}

/** Share that failed in tenths; negative where it is no worse than on a calm day; null where nobody came. */
function levelOf({ ratio, isHurt }: FeltColumn): number | null {
  if (ratio === null) return null;
  const failed = Math.ceil((1 - ratio) * 10 - 1e-9) / 10;
  return failed === 0 ? 0 : isHurt ? failed : -failed;
}

function forRuns<T, V>(
  items: readonly T[],
  value: (item: T) => V,
  draw: (value: V, from: number, to: number) => void,
) {
  for (let from = 0; from < items.length; ) {
    const first = value(items[from] as T);
    let to = from + 1;
    while (to < items.length && value(items[to] as T) === first) to++;
    draw(first, from, to);
    from = to;
  }
}

/** A band from the first harm to the steady state, or to the end where it never came back. */
function drawHarm(
  arm: ArmTimeline,
  { view, y, bottom }: { view: TimelineView; y: number; bottom: number },
  parts: Parts,
): void {
  const at = (moment: string) => arm.moments.find(one => one.moment === moment) ?? null;
  const [impact, steady] = [at('impact'), at('steadyAgain')];
  if (impact === null || impact.column === null) {
    const text =
      at('effect') === null ? 'the mistake never took effect' : 'nobody was turned away beyond noise';
    parts.notes.push({ x: MARGIN + 4, y: y + HEAD / 2, text, colour: 'var(--good)' });
    return;
  }
  const x = xOf(impact.column);
  const x2 = steady === null || steady.column === null ? xOf(view.axis.columns) : xOf(steady.column + 1);
  parts.bands.push({ x, x2, y: y + 2, y2: bottom, colour: 'var(--bad-band)' });
  const end =
    steady === null ? 'not steady again before the end' : `steady again ${formatMoment(steady.atMs)}`;
  const text = `first harm ${formatMoment(impact.atMs)}, ${end}`;
  parts.notes.push({ x: Math.min(x + 4, WIDTH - 300), y: y + HEAD / 2, text, colour: 'var(--bad)' });
}

function placeOf({ journey, region }: { journey: string; region: string }): string {
  return `${journeyWords(journey)}, ${region}`;
}

function xOf(column: number): number {
  return MARGIN + column * COLUMN;
}

function middleOf(column: number): number {
  return xOf(column) + COLUMN / 2;
}
