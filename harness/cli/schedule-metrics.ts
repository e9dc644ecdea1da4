import { Counter, Gauge, Registry } from 'prom-client';
import type { SchedulerNote } from '../gameday/schedule/ports.ts';
import type { ScheduleState } from '../gameday/schedule/state.ts';

/** Figures of a finished game day; null where it has none. */
export interface LastFigures {
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
  const gauge = (name: string, help: string, labelNames: string[] = ['game_day']) =>
    new Gauge({ name: `brakecheck_schedule_${name}`, help, labelNames, registers: [registry] });
  const counter = (name: string, help: string, labelNames: string[] = ['game_day']) =>
    new Counter({ name: `brakecheck_schedule_${name}`, help, labelNames, registers: [registry] });
  const next = gauge('next_due_timestamp_seconds', 'When it is due next, seconds since 1970.');
  const running = gauge('running', '1 while a run goes on, also one that waits to go on.');
  const waiting = gauge('waiting', 'Due runs that have not begun.');
  const standby = gauge('standby', '1 while another scheduler has it.');
  const lastEnd = gauge('last_end_timestamp_seconds', 'When the last run ended, seconds since 1970.');
  const lastSpent = gauge('last_run_seconds', 'Real time of the last run.');
  const score = gauge('last_score', 'Score of the last game day that ended, 0 to 100; absent without one.');
  const verdicts = gauge('last_verdicts', 'Verdicts of the last game day that ended.', [
    'game_day',
    'verdict',
  ]);
  const valid = gauge('files_valid', '0 while a changed file is not valid, and the one before stays.', []);
  const looked = gauge('looked_timestamp_seconds', 'When it last looked what is due.', []);
  const ended = counter('runs_total', 'Runs that ended, by outcome.', ['game_day', 'outcome']);
  const missed = counter('missed_total', 'Due times that nobody looked at in time.');
  const skipped = counter('skipped_total', 'Due runs that were not begun, by reason.', [
    'game_day',
    'reason',
  ]);
  const failures = counter(
    'failures_total',
    'Looks that failed: a disk that is full, a folder that is gone.',
  );
  valid.set(1);
  const shown = (gameDay: string, { current, waiting: due, recent }: ScheduleState) => {
    const label = { game_day: gameDay };
    standby.set(label, 0);
    running.set(label, current === null ? 0 : 1);
    waiting.set(label, due.length);
    missed.inc(label, 0);
    const [last] = recent;
    if (last === undefined) return;
    lastEnd.set(label, last.endedMs / 1_000);
    lastSpent.set(label, last.spentMs / 1_000);
  };
  const count = (note: Extract<SchedulerNote, { type: 'event' }>) => {
    const { event, gameDay: game_day } = note;
    if (event.type === 'ended') ended.inc({ game_day, outcome: event.outcome });
    if (event.type === 'skipped') skipped.inc({ game_day, reason: event.because });
    if (event.type === 'missed') missed.inc({ game_day }, event.count);
  };
  return {
    registry,
    observe: note => {
      if (note.type === 'claimed' || note.type === 'event') shown(note.gameDay, note.state);
      if (note.type === 'event') count(note);
      if (note.type === 'standby') standby.set({ game_day: note.gameDay }, 1);
      if (note.type === 'failed') failures.inc({ game_day: note.gameDay });
      if (note.type === 'looked') looked.set(note.atMs / 1_000);
    },
    next: (gameDay, dueMs) => {
      if (dueMs === null) next.remove({ game_day: gameDay });
      else next.set({ game_day: gameDay }, dueMs / 1_000);
    },
    figures: (gameDay, figures) => {
      if (figures.score === null) score.remove({ game_day: gameDay });
      else score.set({ game_day: gameDay }, figures.score);
      for (const verdict of ['contained', 'escaped', 'inconclusive'] as const) {
        verdicts.set({ game_day: gameDay, verdict }, figures[verdict]);
      }
    },
    filesAreValid: isValid => valid.set(isValid ? 1 : 0),
  };
}
