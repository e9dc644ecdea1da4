import { MOMENTS, type MomentName } from '../journal/events.ts';
import { type ArmRecord, linesOf } from './arm-record.ts';
import type { Harm } from './harm.ts';
import { mistakeActions } from './mistake.ts';

export interface MomentAt {
  readonly atMs: number;
  /** Who or what; null where nobody is named. */
  readonly by: string | null;
}

/** Moments of the mistake, in world time. A moment that never came is null. */
export type Moments = Readonly<Record<MomentName, MomentAt | null>>;

export interface DerivedTimes {
  /** From effect; null when either moment never came. */
  readonly timeToDetectMs: number | null;
  /** From effect. */
  readonly timeToContainMs: number | null;
  /** From impact. */
  readonly timeToRecoverMs: number | null;
}

/** Steady state must hold so long before it counts as back, ms. */
const HOLD_MS = 600_000;

/**
 * Reads the moments that the run noted, and finds those of harm in the comparison with the calm arm, which a run cannot
 * know while it goes on: `impact` is the first harm, `spreadStopped` the last time at which harm reached a place that
 * had none, `steadyAgain` the end of the last outage, once steady state has held for 10 minutes after it.
 */
export function momentsOf(record: ArmRecord, harm: Harm | null): Moments {
  const noted = new Map<MomentName, MomentAt>();
  for (const { moment, atMs, by } of linesOf(record, 'moment')) {
    if (moment === 'steadyAgain' || !noted.has(moment)) noted.set(moment, { atMs, by });
  }
  const landed = mistakeActions(record).find(action => action.landed);
  const who = landed?.requested.action.actor.id ?? null;
  const onsets = harm === null ? [] : onsetsOf(record, harm);
  const derived: Moments = {
    action: at(landed?.started?.atMs, who),
    effect: at(landed?.finished?.atMs ?? landed?.started?.atMs, who),
    impact: onsets.length === 0 ? null : at(Math.min(...onsets), null),
    detected: firstNotice(record),
    spreadStopped: onsets.length === 0 ? null : at(Math.max(...onsets), null),
    steadyAgain: steadyAgain(record, harm),
  };
  const found = MOMENTS.map(name => [name, noted.get(name) ?? derived[name]] as const);
  return Object.fromEntries(found) as Record<MomentName, MomentAt | null>;
}

export function timesOf(moments: Moments): DerivedTimes {
  return {
    timeToDetectMs: between(moments.effect, moments.detected),
    timeToContainMs: between(moments.effect, moments.spreadStopped),
    timeToRecoverMs: between(moments.impact, moments.steadyAgain),
  };
}

/** When harm first reached each place: the start of its first outage, or the first snapshot that shows damage to a cell. */
function onsetsOf(record: ArmRecord, harm: Harm): number[] {
  const outages = harm.outages.flatMap(({ intervals }) => intervals.slice(0, 1).map(({ fromMs }) => fromMs));
  const damages = ['rowsLostWorst', 'rowsCorruptedWorst', 'cellsDestroyed'] as const;
  const damaged = new Set(damages.flatMap(name => harm.placed[name].map(({ cell }) => cell)));
  const later = linesOf(record, 'snapshot').filter(({ reason }) => reason !== 'before');
  const shown = [...damaged].flatMap(damagedCell => {
    const first = later.find(({ cells }) =>
      cells.some(
        ({ cell, hasDatabase, tables }) =>
          cell === damagedCell &&
          (!hasDatabase || tables.some(({ lost, corrupted }) => lost + corrupted > 0)),
      ),
    );
    return first === undefined ? [] : [first.atMs];
  });
  return [...outages, ...shown];
}

function steadyAgain(record: ArmRecord, harm: Harm | null): MomentAt | null {
  const ends = (harm?.outages ?? []).flatMap(({ intervals }) => intervals.map(({ toMs }) => toMs));
  if (ends.length === 0) return null;
  const lastMs = Math.max(...ends);
  return lastMs + HOLD_MS <= record.endMs ? { atMs: lastMs, by: null } : null;
}

function firstNotice(record: ArmRecord): MomentAt | null {
  const noticed = linesOf(record, 'person').find(
    ({ phase }) => phase === 'noticed' || phase === 'acknowledged',
  );
  return noticed === undefined ? null : { atMs: noticed.atMs, by: noticed.who };
}

function at(atMs: number | undefined, by: string | null): MomentAt | null {
  return atMs === undefined ? null : { atMs, by };
}

function between(from: MomentAt | null, to: MomentAt | null): number | null {
  return from === null || to === null ? null : Math.max(0, to.atMs - from.atMs);
}
