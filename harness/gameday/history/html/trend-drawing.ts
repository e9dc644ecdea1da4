import type { Drawing, Label, Sign, Span } from '../../../report/html/drawing.ts';
import { type Measure, trendOf } from '../measures.ts';
import type { HistoryPoint } from '../point.ts';

const NAMES = 150;
const CHART = 680;
const VALUE = 170;
const BAND = 84;
const PAD = 14;
const HEAD = 8;
const FOOT = 26;
/** Days under the axis: more would run into each other. */
const MOST_DAYS = 8;
/** A weakness has a sign of its own: colour alone would not reach everybody. */
const SIGN = { weak: 'diamond', other: 'circle' } as const;

/** One band for each measure, the oldest point on the left; a line ends where the suite was changed or nothing was measured. */
export function trendDrawing(points: readonly HistoryPoint[], measures: readonly Measure[]): Drawing {
  const xOf = (index: number) =>
    NAMES + PAD + (points.length < 2 ? 0.5 : index / (points.length - 1)) * (CHART - 2 * PAD);
  const bands = measures.map((measure, row) => band(measure, points, { top: HEAD + row * BAND, xOf }));
  const height = HEAD + measures.length * BAND + FOOT;
  return {
    width: NAMES + CHART + VALUE,
    height,
    layers: [
      { kind: 'rects', items: bands.map(({ ground }) => ground), corner: 3 },
      { kind: 'lines', items: bands.flatMap(({ lines }) => lines), width: 2 },
      { kind: 'signs', items: bands.flatMap(({ signs }) => signs), size: 50, isFilled: true },
      { kind: 'labels', items: bands.map(({ name }) => name), align: 'right', limit: NAMES - 14 },
      { kind: 'labels', items: bands.map(({ scale }) => scale), align: 'right', size: 11, limit: NAMES - 14 },
      { kind: 'labels', items: bands.map(({ value }) => value), isBold: true, limit: VALUE - 14 },
      { kind: 'labels', items: days(points, { xOf, y: height - FOOT / 2 }), align: 'center', size: 11 },
    ],
  };
}

interface Band {
  readonly ground: Span;
  readonly lines: readonly Span[];
  readonly signs: readonly Sign[];
  readonly name: Label;
  readonly scale: Label;
  readonly value: Label;
}

function band(
  measure: Measure,
  points: readonly HistoryPoint[],
  { top, xOf }: { readonly top: number; readonly xOf: (index: number) => number },
): Band {
  const { values, most, now } = trendOf(measure, points);
  const [above, below] = [top + PAD, top + BAND - PAD - 6];
  const yOf = (value: number) => below - (most <= 0 ? 0 : Math.min(1, value / most)) * (below - above);
  const middle = top + BAND / 2 - 3;
  const lines = values.flatMap(({ value, isBreak }, index) => {
    const before = values[index - 1]?.value ?? null;
    if (value === null || before === null || isBreak) return [];
    return [{ x: xOf(index - 1), y: yOf(before), x2: xOf(index), y2: yOf(value), colour: 'var(--link)' }];
  });
  const signs = values.flatMap(({ value }, index) => {
    if (value === null) return [];
    const isWeak = points[index]?.exit.code === 1;
    return [
      {
        x: xOf(index),
        y: yOf(value),
        shape: isWeak ? SIGN.weak : SIGN.other,
        colour: isWeak ? 'var(--bad)' : 'var(--link)',
      },
    ];
  });
  return {
    ground: { x: NAMES, x2: NAMES + CHART, y: top, y2: top + BAND - 6, colour: 'var(--card)' },
    lines,
    signs,
    name: { x: NAMES - 10, y: middle, text: measure.label, colour: 'var(--ink)' },
    scale: {
      x: NAMES - 10,
      y: middle + 17,
      text: `0 to ${measure.write(most)}`,
      colour: 'var(--muted)',
    },
    value: { x: NAMES + CHART + 10, y: middle, text: now, colour: 'var(--ink)' },
  };
}

function days(
  points: readonly HistoryPoint[],
  { xOf, y }: { readonly xOf: (index: number) => number; readonly y: number },
): Label[] {
  const every = Math.ceil(points.length / MOST_DAYS);
  return points.flatMap(({ startedAt }, index) =>
    index % every === 0 ? [{ x: xOf(index), y, text: startedAt.slice(0, 10), colour: 'var(--muted)' }] : [],
  );
}
