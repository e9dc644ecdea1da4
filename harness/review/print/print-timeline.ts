import { cutTo, padTo } from '../../report/columns.ts';
import { formatMoment, journeyWords, plural } from '../../report/words.ts';
import { BASIS_SIGNS, type ColumnBasis } from '../basis-columns.ts';
import type { Lane, Tone } from '../event-mark.ts';
import type { FeltColumn, FeltSeries } from '../felt-series.ts';
import type { ArmTimeline, LaneView, TimelineView } from '../timeline.ts';
import { type ToldEvent, toldEvents } from '../told-events.ts';
import { heading, item, type PageOptions, page, paragraph, TONE_PAINTS, TONE_SIGNS, title } from './page.ts';

/** Columns left of the axis. */
export const TIMELINE_GUTTER = 20;

const LANE_WORDS: Readonly<Record<Lane, string>> = {
  agent: 'agent',
  guardrails: 'guardrails',
  people: 'people',
  world: 'world',
};
const BARS = '▁▂▃▄▅▆▇█';
const MOST_EVENTS = 24;
const MOST_FELT = 10;

/** The timeline as text: arms one above the other on one axis, then the events in words. */
export function printTimeline(
  view: TimelineView,
  { id, title: what }: { readonly id: string; readonly title: string },
  options: PageOptions,
): string {
  return page([
    ...title(`${id}: timeline`, options),
    ...paragraph(what, options),
    ...paragraph(LEGEND, options).map(line => options.paint('dim', line)),
    ...(view.arms.some(({ basis }) => basis !== null)
      ? paragraph(BASIS_LEGEND, options).map(line => options.paint('dim', line))
      : []),
    ...view.arms.flatMap(arm => ['', ...armLines(arm, view, options)]),
    ...(view.arms.length === 0 ? ['', 'No arm of this scenario left a journal.'] : []),
  ]);
}

const LEGEND = `Signs: ${TONE_SIGNS.good} held, noticed or repaired; ${TONE_SIGNS.bad} harmful or failed; ${TONE_SIGNS.warn} in between; ${TONE_SIGNS.plain} anything else; ─ time that people took. Bars: share of visits that succeeded, █ all, ▁ none; blank: nobody came.`;

const BASIS_LEGEND = `Basis of the bars: ${BASIS_SIGNS.measured} measured, lived through; ${BASIS_SIGNS.extrapolated} extrapolated, a sample's rates held until the next sample; ${BASIS_SIGNS.partly} some of both.`;

function armLines(arm: ArmTimeline, view: TimelineView, options: PageOptions): string[] {
  const shown = arm.felt.filter(({ hurtColumns }) => hurtColumns > 0).slice(0, MOST_FELT);
  const fine = arm.felt.length - shown.length;
  const rest = shown.length === 0 ? 'All' : fine === 1 ? 'The other' : `The other ${fine}`;
  return [
    heading(`${arm.arm.toUpperCase()}: ${arm.what} (${arm.status} at ${formatMoment(arm.endMs)})`, options),
    axisLine(view, options),
    ...arm.lanes.map(lane => laneLine(lane, view.axis.columns, options)),
    ...(arm.basis === null ? [] : [basisLine(arm.basis)]),
    ...shown.map(series => feltLine(series, options)),
    ...(fine === 0
      ? []
      : [`  ${rest} of ${plural(arm.felt.length, 'journey')} × region fared as on a calm day.`]),
    ...momentLines(arm, options),
    ...eventLines(arm, options),
  ];
}

function axisLine({ ticks, axis }: TimelineView, options: PageOptions): string {
  let line = '';
  for (const { column, label } of ticks) {
    if (column < line.length || column + label.length > axis.columns) continue;
    line = `${line.padEnd(column)}${label}`;
  }
  return options.paint('dim', `${' '.repeat(TIMELINE_GUTTER)}${line}`);
}

const WORST_FIRST: readonly Tone[] = ['bad', 'warn', 'good', 'plain'];

/** Several marks of one column show the worst. */
function laneLine({ lane, marks }: LaneView, columns: number, { paint }: PageOptions): string {
  const tones: (Tone | 'span' | undefined)[] = Array.from({ length: columns });
  for (const { fromColumn, column } of marks) tones.fill('span', fromColumn, column);
  for (const { column, tone } of marks) {
    const there = tones[column];
    const isWorse =
      there === undefined || there === 'span' || WORST_FIRST.indexOf(tone) < WORST_FIRST.indexOf(there);
    if (isWorse) tones[column] = tone;
  }
  const cells = tones.map(tone =>
    tone === undefined
      ? ' '
      : tone === 'span'
        ? paint('dim', '─')
        : paint(TONE_PAINTS[tone], TONE_SIGNS[tone]),
  );
  return `${padTo(`  ${LANE_WORDS[lane]}`, TIMELINE_GUTTER)}${cells.join('')}`.trimEnd();
}

function basisLine(columns: readonly ColumnBasis[]): string {
  return `${padTo('  basis', TIMELINE_GUTTER)}${columns.map(one => BASIS_SIGNS[one]).join('')}`.trimEnd();
}

function feltLine({ journey, region, columns }: FeltSeries, { paint }: PageOptions): string {
  const name = cutTo(`  ${journeyWords(journey)}, ${region}`, TIMELINE_GUTTER - 1);
  const bars = columns.map(column => (column.isHurt ? paint('bad', bar(column)) : bar(column)));
  return `${padTo(name, TIMELINE_GUTTER)}${bars.join('')}`.trimEnd();
}

function bar({ ratio }: FeltColumn): string {
  if (ratio === null) return ' ';
  return BARS[Math.min(BARS.length - 1, Math.floor(ratio * (BARS.length - 1) + 1e-9))] ?? ' ';
}

function momentLines({ moments }: ArmTimeline, options: PageOptions): string[] {
  if (moments.length === 0) return paragraph('No moment of a mistake: nothing took effect.', options, 2);
  const words = moments.map(({ moment, atMs }) => `${MOMENT_WORDS[moment]} ${formatMoment(atMs)}`);
  return paragraph(`Moments: ${words.join(', ')}.`, options, 2);
}

export const MOMENT_WORDS = {
  action: 'action',
  effect: 'effect',
  impact: 'first harm',
  detected: 'detected',
  spreadStopped: 'spread stopped',
  steadyAgain: 'steady again',
} as const;

/** What tells the story; what repeats at once is one line, and a long story is told by its beginning and its end. */
function eventLines({ lanes, eventsDropped }: ArmTimeline, options: PageOptions): string[] {
  const told = toldEvents(lanes);
  const shown = told.length > MOST_EVENTS ? [...told.slice(0, MOST_EVENTS - 6), ...told.slice(-6)] : told;
  const gap = told.length - shown.length;
  const lines = shown.flatMap((one, index) => [
    ...(gap > 0 && index === MOST_EVENTS - 6 ? [`  … ${plural(gap, 'event')} left out here …`] : []),
    ...item(`${formatMoment(one.mark.atMs)} ${TONE_SIGNS[one.mark.tone]}`, eventText(one), options),
  ]);
  const dropped = eventsDropped === 0 ? [] : [`  ${plural(eventsDropped, 'event')} more are in the journal.`];
  return [...lines, ...dropped];
}

/** An event in one line, with its line of the journal. */
export function eventText({ mark: { who, label, lane, seq, atMs, fromMs, type }, times }: ToldEvent): string {
  const since =
    type === 'effect-finished' && fromMs !== null && fromMs < atMs
      ? `, begun at ${formatMoment(fromMs)}`
      : '';
  const name = who === '' || label.startsWith(who) ? LANE_WORDS[lane] : who;
  return `${name}: ${label}${since}${times > 1 ? ` (${times} times)` : ''} [${seq}]`;
}
