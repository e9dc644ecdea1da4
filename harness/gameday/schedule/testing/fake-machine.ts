import { scheduleSchema } from '../../../scenario/schedule-schema.ts';
import type { FolderState } from '../after-sitting.ts';
import { DayKeeper } from '../day-keeper.ts';
import type { RunOutcome, ScheduleEvent } from '../events.ts';
import type { SchedulerNote, Sitting, WallClock } from '../ports.ts';
import type { ScheduledDay } from '../scheduled-day.ts';
import type { ScheduleState } from '../state.ts';

/** A scheduled game day as its file would be read. */
export function testDay(schedule: Record<string, unknown>, id = 'a-day'): ScheduledDay {
  return { id, schedule: scheduleSchema.parse({ timeZone: 'UTC', ...schedule }) };
}

interface FakeRun {
  /** Work that is left, ms. */
  leftMs: number;
  /** While a process works on it: when it will be done, and who waits. */
  process: { readonly doneMs: number; isAsked: boolean; end: (exit: RunOutcome | null) => void } | null;
  found: FolderState;
}

/** A machine with a disk and processes, which outlive the schedulers that a test starts and kills on it. */
export class FakeMachine {
  nowMs: number;
  readonly disk = new Map<string, string>();
  readonly claims = new Set<string>();
  readonly runs = new Map<string, FakeRun>();
  readonly notes: SchedulerNote[] = [];
  /** Real time that each run takes, and how it ends. */
  takesMs: (folder: string) => number = () => 60_000;
  outcome: RunOutcome = 'held';
  /** After so many more the disk is full. */
  writesLeft = Number.POSITIVE_INFINITY;
  /** The next process cannot be started: whoever starts it dies of it. */
  diesAtStart = false;
  mostAtOnce = 0;
  /** Processes begun in a folder that is in use or finished. */
  startedInVain = 0;
  /** Told when `passTo` will find something to do. */
  onProcess: (atMs: number) => void = () => undefined;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  get events(): ScheduleEvent[] {
    return this.notes.flatMap(note => (note.type === 'event' ? [note.event] : []));
  }

  ports(clock: WallClock) {
    return {
      clock,
      store: { claim: (id: string) => this.claim(id) },
      runner: {
        look: (folder: string) => this.look(folder),
        start: (_day: ScheduledDay, folder: string) => this.start(folder),
        askToStop: () => this.askAll(),
      },
      tell: (note: SchedulerNote) => void this.notes.push(note),
    };
  }

  /** When the next process is done; Infinity without one. */
  get nextEndMs(): number {
    const times = [...this.runs.values()].map(({ process }) => process?.doneMs ?? Number.POSITIVE_INFINITY);
    return Math.min(Number.POSITIVE_INFINITY, ...times);
  }

  /** A scheduler's keeper that the test calls itself, at the time that the machine shows. */
  keeper(day: ScheduledDay): DayKeeper {
    const clock = { nowMs: () => this.nowMs, sleep: () => Promise.resolve() };
    return new DayKeeper(day, { ...this.ports(clock), nudge: () => undefined });
  }

  /** Lets time pass: processes end when their work is done. */
  async passTo(nowMs: number): Promise<void> {
    this.nowMs = nowMs;
    for (const run of this.runs.values()) {
      if (run.process === null) continue;
      if (run.process.doneMs <= nowMs) this.end(run, 'finished', this.outcome);
      else if (run.process.isAsked) this.end(run, 'unfinished', 'interrupted');
    }
    await Promise.resolve();
  }

  /** The scheduler is gone, with or without the processes it started. */
  crash({ withProcesses }: { readonly withProcesses: boolean }): void {
    this.claims.clear();
    if (!withProcesses) return;
    for (const run of this.runs.values()) if (run.process !== null) this.end(run, 'unfinished', null);
  }

  private claim(id: string) {
    if (this.claims.has(id)) return null;
    this.claims.add(id);
    return {
      read: () => JSON.parse(this.disk.get(id) ?? 'null') as ScheduleState | null,
      write: (state: ScheduleState) => {
        if (this.writesLeft-- <= 0) throw new Error('no space left');
        this.disk.set(id, JSON.stringify(state));
      },
      release: () => void this.claims.delete(id),
    };
  }

  private look(folder: string) {
    const run = this.runs.get(folder);
    if (run === undefined) return { found: 'absent', exit: null } as const;
    if (run.process !== null) return { found: 'in-use', exit: null } as const;
    return { found: run.found, exit: run.found === 'finished' ? this.outcome : null };
  }

  private start(folder: string): Sitting {
    if (this.diesAtStart) throw new Error('killed');
    const before = this.runs.get(folder);
    if (before !== undefined && (before.process !== null || before.found === 'finished'))
      this.startedInVain++;
    const leftMs = this.runs.get(folder)?.leftMs ?? this.takesMs(folder);
    let end: (exit: RunOutcome | null) => void = () => undefined;
    const ended = new Promise<RunOutcome | null>(resolve => {
      end = resolve;
    });
    const process = { doneMs: this.nowMs + leftMs, isAsked: false, end };
    this.runs.set(folder, { leftMs, process, found: 'unfinished' });
    const atOnce = [...this.runs.values()].filter(run => run.process !== null).length;
    this.mostAtOnce = Math.max(this.mostAtOnce, atOnce);
    this.onProcess(process.doneMs);
    return {
      ended,
      stop: () => {
        process.isAsked = true;
        this.onProcess(this.nowMs + 2_000);
      },
    };
  }

  private askAll(): void {
    for (const { process } of this.runs.values()) if (process !== null) process.isAsked = true;
  }

  private end(run: FakeRun, found: FolderState, exit: RunOutcome | null): void {
    const { process } = run;
    if (process === null) return;
    run.leftMs = Math.max(0, process.doneMs - this.nowMs);
    run.found = found;
    run.process = null;
    process.end(exit);
  }
}
