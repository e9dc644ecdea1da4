import { type Arm, MOMENTS, type MomentName } from '../journal/events.ts';
import type { ScenarioScore } from '../score/scorecard.ts';
import { type ArmState, statusOf } from './arm-state.ts';
import { momentsOf } from './arm-summary.ts';
import { type Axis, axisOf, columnOf, type Tick, ticksOf } from './axis.ts';
import { basisColumns, type ColumnBasis } from './basis-columns.ts';
import { type EventMark, LANES, type Lane } from './event-mark.ts';
import { type FeltSeries, feltSeries } from './felt-series.ts';
import { ARM_WORDS, type ArmStates } from './run-story.ts';

/** What part of the story is shown, on how many columns (or pixels: a column is the smallest step). */
export interface TimelineOptions {
  readonly columns: number;
  /** Left out: from the start. */
  readonly fromMs?: number;
  /** Left out: to the end of the longest arm. */
  readonly toMs?: number;
  /** Left out: unguarded and guarded. */
  readonly arms?: readonly Arm[];
}

/** One axis for all arms, so that a reader sees the difference by looking down. */
export interface TimelineView {
  readonly axis: Axis;
  readonly ticks: readonly Tick[];
  readonly arms: readonly ArmTimeline[];
}

export interface ArmTimeline {
  readonly arm: Arm;
  readonly what: string;
  readonly status: string;
  readonly endMs: number;
  readonly lanes: readonly LaneView[];
  readonly moments: readonly {
    readonly moment: MomentName;
    readonly atMs: number;
    readonly column: number | null;
  }[];
  /** The worst first; places that fared as on a calm day are last. */
  readonly felt: readonly FeltSeries[];
  /** What the visits of each column rest on; null for the simulation, in which every visit is lived through. */
  readonly basis: readonly ColumnBasis[] | null;
  /** Events that a long journal left out of its state; they are read again by sequence number. */
  readonly eventsDropped: number;
}

export interface LaneView {
  readonly lane: Lane;
  /** In the journal's order; those within the axis. */
  readonly marks: readonly PlacedMark[];
}

export interface PlacedMark extends EventMark {
  readonly column: number;
  /** Where its span begins; the same as `column` for a point in time. */
  readonly fromColumn: number;
}

const SHOWN: readonly Arm[] = ['unguarded', 'guarded'];

export function timeline(
  states: ArmStates,
  score: ScenarioScore | null,
  options: TimelineOptions,
): TimelineView {
  const arms = (options.arms ?? SHOWN).flatMap(arm => {
    const state = states[arm];
    return state === undefined ? [] : [{ arm, state }];
  });
  const longestMs = Math.max(
    1,
    ...arms.map(({ state }) => Math.max(state.endMs, state.identity?.horizonMs ?? 0)),
  );
  const axis = axisOf({
    fromMs: options.fromMs ?? 0,
    toMs: options.toMs ?? longestMs,
    columns: options.columns,
  });
  return {
    axis,
    ticks: ticksOf(axis),
    arms: arms.map(({ arm, state }) => armTimeline({ arm, state, calm: states.calm ?? null, score, axis })),
  };
}

interface Source {
  readonly arm: Arm;
  readonly state: ArmState;
  readonly calm: ArmState | null;
  readonly score: ScenarioScore | null;
  readonly axis: Axis;
}

function armTimeline({ arm, state, calm, score, axis }: Source): ArmTimeline {
  const scored = arm === 'unguarded' || arm === 'guarded' ? (score?.arms[arm] ?? null) : null;
  const found = momentsOf(state, scored);
  const moments = MOMENTS.flatMap(moment => {
    const atMs = found[moment];
    return atMs === null ? [] : [{ moment, atMs, column: columnOf(axis, atMs) }];
  });
  return {
    arm,
    what: ARM_WORDS[arm],
    status: statusOf(state),
    endMs: state.endMs,
    lanes: LANES.map(lane => ({ lane, marks: placed(state.events, lane, axis) })),
    moments,
    felt: feltSeries(state, calm, axis),
    basis: basisColumns(state, axis),
    eventsDropped: state.eventsDropped,
  };
}

function placed(events: readonly EventMark[], lane: Lane, axis: Axis): PlacedMark[] {
  return events.flatMap(mark => {
    const column = mark.lane === lane ? columnOf(axis, mark.atMs) : null;
    if (column === null) return [];
    const fromColumn = mark.fromMs === null ? column : (columnOf(axis, mark.fromMs) ?? 0);
    return [{ ...mark, column, fromColumn }];
  });
}

/** What to jump to; what is left out matches everything. */
export interface EventQuery {
  readonly kind?: string;
  readonly type?: string;
  readonly lane?: Lane;
  readonly tone?: EventMark['tone'];
  /** Found in label, name or kind, whatever its case. */
  readonly text?: string;
}

/** The next event after a sequence number (before it, with `direction` -1) that matches; null when there is none. */
export function nextEvent(
  state: ArmState,
  { seq, direction = 1 }: { readonly seq: number; readonly direction?: 1 | -1 },
  query: EventQuery = {},
): EventMark | null {
  const fits = (mark: EventMark) =>
    (direction === 1 ? mark.seq > seq : mark.seq < seq) && matches(mark, query);
  return (direction === 1 ? state.events.find(fits) : state.events.findLast(fits)) ?? null;
}

/** Whether an event answers a query; also for filtered lists. */
export function matches(mark: EventMark, { kind, type, lane, tone, text }: EventQuery): boolean {
  return (
    (kind === undefined || mark.kind === kind) &&
    (type === undefined || mark.type === type) &&
    (lane === undefined || mark.lane === lane) &&
    (tone === undefined || mark.tone === tone) &&
    (text === undefined ||
      [mark.label, mark.who, mark.kind].some(part => part.toLowerCase().includes(text.toLowerCase())))
  );
}
