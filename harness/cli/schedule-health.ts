import { nextDue } from '../gameday/schedule/due-times.ts';
import type { SchedulerNote } from '../gameday/schedule/ports.ts';
import type { ScheduledDay } from '../gameday/schedule/scheduled-day.ts';
import type { ScheduleState } from '../gameday/schedule/state.ts';

/** A scheduler that has not looked for so long hangs, ms: four times as long as it ever sleeps. */
const STALE_MS = 120_000;

/** What `/healthz` answers. */
export interface Health {
  readonly schema: 'brakecheck/schedule-health/v1';
  /** `degraded`: it works, and something needs a person. `stuck`: it no longer looks what is due. */
  readonly status: 'ok' | 'degraded' | 'stuck';
  readonly problems: readonly string[];
  readonly lookedAt: string | null;
  readonly gameDays: readonly GameDayHealth[];
}

interface GameDayHealth {
  readonly gameDay: string;
  readonly isStandby: boolean;
  readonly nextDue: string | null;
  readonly running: { readonly due: string; readonly folder: string; readonly phase: string } | null;
  readonly waiting: number;
  readonly last: { readonly due: string; readonly ended: string; readonly outcome: string } | null;
}

/** Follows what the scheduler tells, and sums it up when asked. */
export class ScheduleHealth {
  private readonly states = new Map<string, ScheduleState>();
  private readonly standby = new Set<string>();
  private readonly problems = new Map<string, string>();
  private lookedMs: number | null = null;

  observe(note: SchedulerNote): void {
    if (note.type === 'looked') {
      this.lookedMs = note.atMs;
      return;
    }
    const { gameDay } = note;
    if (note.type === 'claimed' || note.type === 'event') {
      this.states.set(gameDay, note.state);
      this.standby.delete(gameDay);
      this.problems.delete(gameDay);
    }
    if (note.type === 'standby') this.standby.add(gameDay);
    if (note.type === 'failed') this.problems.set(gameDay, `${gameDay}: ${note.message}`);
    if (note.type === 'clock-behind') this.problems.set(gameDay, `${gameDay}: the clock was set back`);
  }

  /** Null when the files are valid. */
  filesProblem(message: string | null): void {
    if (message === null) this.problems.delete('');
    else this.problems.set('', `files: ${message}`);
  }

  at(nowMs: number, days: readonly ScheduledDay[]): Health {
    const isStuck = this.lookedMs !== null && nowMs - this.lookedMs > STALE_MS;
    const problems = [...this.problems.values()];
    return {
      schema: 'brakecheck/schedule-health/v1',
      status: isStuck ? 'stuck' : problems.length > 0 ? 'degraded' : 'ok',
      problems,
      lookedAt: this.lookedMs === null ? null : iso(this.lookedMs),
      gameDays: days.map(day => this.gameDay(day, nowMs)),
    };
  }

  private gameDay({ id, schedule }: ScheduledDay, nowMs: number): GameDayHealth {
    const state = this.states.get(id);
    const current = state?.current ?? null;
    const last = state?.recent[0];
    const dueMs = nextDue(schedule, nowMs);
    return {
      gameDay: id,
      isStandby: this.standby.has(id),
      nextDue: dueMs === null ? null : iso(dueMs),
      running:
        current === null ? null : { due: iso(current.dueMs), folder: current.folder, phase: current.phase },
      waiting: state?.waiting.length ?? 0,
      last:
        last === undefined ? null : { due: iso(last.dueMs), ended: iso(last.endedMs), outcome: last.outcome },
    };
  }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
