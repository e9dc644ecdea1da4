import { Counter, Gauge, Registry } from 'prom-client';
import type { SchedulerNote } from '../gameday/schedule/ports.ts';
import type { ScheduleState } from '../gameday/schedule/state.ts';

/** Figures of a finished game day; null where it has none. */
interface LastFigures {
  readonly score: number | null;
  readonly contained: number;
  readonly escaped: number;
  readonly inconclusive: number;
}

export interface ScheduleMetrics {
  readonly registry: Registry;
  observe(note: SchedulerNote): void;
  next(gameDay: string, dueMs: number | null): void;
  figures(gameDay: string, figures: LastFigures): void;
  filesAreValid(isValid: boolean): void;
}

/** Metrics for Prometheus in a registry of their own. Counters begin at 0 with the process. */
export function createScheduleMetrics(): ScheduleMetrics {
  const registry = new Registry();
  const meters = createMeters(registry);
  meters.valid.set(1);
  return {
    registry,
    observe: note => observe(note, meters),
    next: (gameDay, dueMs) => {
      if (dueMs === null) meters.next.remove({ game_day: gameDay });
      else meters.next.set({ game_day: gameDay }, dueMs / 1_000);
    },
    figures: (gameDay, figures) => {
      if (figures.score === null) meters.score.remove({ game_day: gameDay });
      else meters.score.set({ game_day: gameDay }, figures.score);
      for (const verdict of ['contained', 'escaped', 'inconclusive'] as const) {
        meters.verdicts.set({ game_day: gameDay, verdict }, figures[verdict]);
      }
    },
    filesAreValid: isValid => meters.valid.set(isValid ? 1 : 0),
  };
}

type Meters = ReturnType<typeof createMeters>;

function createMeters(registry: Registry) {
  const gauge = (name: string, help: string, labelNames: string[] = ['game_day']) =>
    new Gauge({ name: `brakecheck_schedule_${name}`, help, labelNames, registers: [registry] });
  const counter = (name: string, help: string, labelNames: string[] = ['game_day']) =>
    new Counter({ name: `brakecheck_schedule_${name}`, help, labelNames, registers: [registry] });
  return {
    next: gauge('next_due_timestamp_seconds', 'When it is due next, seconds since 1970.'),
    running: gauge('running', '1 while a run goes on, also one that waits to go on.'),
    waiting: gauge('waiting', 'Due runs that have not begun.'),
    standby: gauge('standby', '1 while another scheduler has it.'),
    lastEnd: gauge('last_end_timestamp_seconds', 'When the last run ended, seconds since 1970.'),
    lastSpent: gauge('last_run_seconds', 'Real time of the last run.'),
    score: gauge('last_score', 'Score of the last game day that ended, 0 to 100; absent without one.'),
    verdicts: gauge('last_verdicts', 'Verdicts of the last game day that ended.', ['game_day', 'verdict']),
    valid: gauge('files_valid', '0 while a changed file is not valid, and the one before stays.', []),
    looked: gauge('looked_timestamp_seconds', 'When it last looked what is due.', []),
    ended: counter('runs_total', 'Runs that ended, by outcome.', ['game_day', 'outcome']),
    missed: counter('missed_total', 'Due times that nobody looked at in time.'),
    skipped: counter('skipped_total', 'Due runs that were not begun, by reason.', ['game_day', 'reason']),
    failures: counter('failures_total', 'Looks that failed: a disk that is full, a folder that is gone.'),
  };
}

function observe(note: SchedulerNote, meters: Meters): void {
  if (note.type === 'looked') {
    meters.looked.set(note.atMs / 1_000);
    return;
  }
  const label = { game_day: note.gameDay };
  if (note.type === 'claimed' || note.type === 'event') showState(label, note.state, meters);
  if (note.type === 'standby') meters.standby.set(label, 1);
  if (note.type === 'failed') meters.failures.inc(label);
  if (note.type !== 'event') return;
  const { event } = note;
  if (event.type === 'ended') meters.ended.inc({ ...label, outcome: event.outcome });
  if (event.type === 'skipped') meters.skipped.inc({ ...label, reason: event.because });
  if (event.type === 'missed') meters.missed.inc(label, event.dueTimes.length);
}

function showState(
  label: { readonly game_day: string },
  { current, waiting, recent }: ScheduleState,
  meters: Meters,
): void {
  meters.standby.set(label, 0);
  meters.running.set(label, current === null ? 0 : 1);
  meters.waiting.set(label, waiting.length);
  // A series that begins with its first miss would hide that miss from every rate.
  meters.missed.inc(label, 0);
  const [last] = recent;
  if (last === undefined) return;
  meters.lastEnd.set(label, last.endedMs / 1_000);
  meters.lastSpent.set(label, last.spentMs / 1_000);
}
