import type { JournalLine, WindowEvent } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';
import { noteAction } from './action-marks.ts';
import { identityOf } from './arm-identity.ts';
import type { ArmState } from './arm-state.ts';
import { appendBounded } from './event-mark.ts';
import { talliesOf, tally } from './guardrail-tallies.ts';
import { markLine } from './mark-line.ts';
import { addWindows } from './shopper-series.ts';
import { isDamaged, noteWorld } from './world-marks.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Line<Type extends JournalLine['type']> = Extract<JournalLine, { type: Type }>;

/** The state after one more line. Pure; a live screen and a replay both come by their state this way. */
export function reduceArm(state: ArmState, line: JournalLine): ArmState {
  return reduceArmLines(state, [line]);
}

/**
 * The state after more lines: the same as one by one, and much quicker. Windows touch nothing but the shoppers' part, so
 * they may be taken in after all other lines of a journal, which is how a long one is opened at once.
 */
export function reduceArmLines(state: ArmState, lines: readonly JournalLine[]): ArmState {
  if (lines.length === 0) return state;
  const draft: Mutable<ArmState> = { ...state };
  const lists = lines.every(({ type }) => type === 'window') ? null : listsOf(state);
  const windows: WindowEvent[] = [];
  for (const line of lines) {
    draft.lines++;
    draft.endMs = Math.max(draft.endMs, timeOf(line));
    try {
      if (line.type === 'window') windows.push(checked(line));
      else if (lists !== null) take(draft, lists, line);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      draft.unreadable++;
    }
  }
  return { ...draft, ...lists, shoppers: addWindows(state.shoppers, windows) };
}

function listsOf({ events, actions, guardrails, world }: ArmState): Lists {
  return { events: [...events], actions: [...actions], guardrails: [...guardrails], world: [...world] };
}

interface Lists {
  readonly events: Mutable<ArmState['events'][number]>[];
  readonly actions: Mutable<ArmState['actions'][number]>[];
  guardrails: Mutable<ArmState['guardrails'][number]>[];
  readonly world: Mutable<ArmState['world'][number]>[];
}

function take(draft: Mutable<ArmState>, lists: Lists, line: Exclude<JournalLine, { type: 'window' }>): void {
  if (line.type === 'header') {
    draft.identity = identityOf(line);
    lists.guardrails = talliesOf(draft.identity.guardrails);
  }
  draft.actionsDropped += noteAction(lists.actions, line);
  tally(lists.guardrails, line);
  if (line.type === 'gate') draft.gate = gateOf(line);
  if (line.type === 'closed') draft.closed = { status: line.status, reason: safeText(line.reason) };
  if (line.type === 'moment') noteMoment(draft, line);
  if (line.type === 'snapshot') noteWorld(lists.world, line);
  const isQuiet = line.type === 'snapshot' && repeats(lists.world);
  const context = {
    actions: lists.actions,
    guardrails: draft.identity?.guardrails.map(({ id }) => id) ?? [],
  };
  const mark = isQuiet ? null : markLine(line, context);
  if (mark !== null) draft.eventsDropped += appendBounded(lists.events, mark);
}

/** A time that is no number would spread into every figure. */
function timeOf({ atMs }: JournalLine): number {
  return Number.isFinite(atMs) && atMs >= 0 ? atMs : 0;
}

/** Throws a TypeError unless the window can be counted, so that no window is ever counted in part. */
function checked(window: Line<'window'>): WindowEvent {
  let isWhole = isCountable(window.fromMs);
  for (const { journey, region, succeeded, failed, steps } of window.journeys) {
    isWhole &&= typeof journey === 'string' && typeof region === 'string';
    isWhole &&= isCountable(succeeded) && isCountable(failed);
    for (const [cell, attempts, failures] of steps)
      isWhole &&= typeof cell === 'string' && isCountable(attempts) && isCountable(failures);
  }
  for (const { region, orders, revenueCents } of window.money)
    isWhole &&= typeof region === 'string' && isCountable(orders) && isCountable(revenueCents);
  if (!isWhole) throw new TypeError('a window that cannot be counted');
  return window;
}

/** Times and counts are never negative; ten years in ms is far above any of them. */
function isCountable(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 315_360_000_000;
}

function gateOf({ met, probes }: Line<'gate'>): ArmState['gate'] {
  const failing = probes
    .filter(probe => !probe.met)
    .slice(0, 20)
    .map(({ journey, region }) => `${safeText(journey, 64)} in ${safeText(region, 64)}`);
  return { met, failing };
}

/** The first of its name counts, but of `steadyAgain` the last one. */
function noteMoment(draft: Mutable<ArmState>, { moment, atMs, by }: Line<'moment'>): void {
  if (moment !== 'steadyAgain' && draft.moments[moment] !== undefined) return;
  draft.moments = { ...draft.moments, [moment]: { atMs, by: by === null ? null : safeText(by, 64) } };
}

/** The latest snapshot shows the same damage as the one before. */
function repeats(world: Lists['world']): boolean {
  const [before, now] = world.slice(-2);
  if (before === undefined || now === undefined) return false;
  return isDamaged(now) && JSON.stringify(before.cells) === JSON.stringify(now.cells);
}
