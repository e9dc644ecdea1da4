import type { Cancel, Clock } from '../kernel/clock.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import { eventRecord } from '../review/event-record.ts';
import type { OpenRun } from '../review/open-run.ts';
import type { RunStory } from '../review/run-story.ts';
import { lineRow } from './line-row.ts';
import { reduceUi } from './reduce-ui.ts';
import type { ReviewSource } from './review-source.ts';
import type { UiData, UiEvent } from './ui-event.ts';
import type { LiveUi, UiState } from './ui-state.ts';
import { type Want, wantOf } from './wants.ts';

/** Keeps the state, fetches what it wants, and follows journals that grow. */
export interface ReviewSession {
  readonly state: () => UiState;
  readonly subscribe: (onChange: () => void) => Cancel;
  readonly dispatch: (event: UiEvent) => void;
  /** Tells how the run goes that is followed; `directory` when it is another one from now on. */
  readonly goesOn: (live: LiveUi, directory?: string) => void;
  readonly close: () => void;
}

/** At most ten updates a second while lines are taken in. */
const UPDATE_MS = 100;
/** Lines of each arm that are taken in between two looks at the keys. */
const STEP_LINES = 384;
/** One state may want several things; more than these in a row would be an endless loop. */
const MOST_WANTS = 8;

export function createSession(
  first: UiState,
  { source, clock }: { readonly source: ReviewSource; readonly clock: Clock },
): ReviewSession {
  const session = new Session(first, source, clock);
  session.start();
  return session;
}

class Session implements ReviewSession {
  private current: UiState;
  private readonly source: ReviewSource;
  private readonly clock: Clock;
  private readonly listeners = new Set<() => void>();
  private run: { readonly directory: string; readonly open: OpenRun } | null = null;
  private cancelTick: Cancel = () => undefined;
  private shownAtMs = Number.NEGATIVE_INFINITY;
  private isClosed = false;
  /** A journal of the run cannot be read on: nothing more is taken in. */
  private isStuck = false;

  constructor(first: UiState, source: ReviewSource, clock: Clock) {
    this.current = first;
    this.source = source;
    this.clock = clock;
  }

  readonly state = (): UiState => this.current;

  readonly subscribe = (onChange: () => void): Cancel => {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  };

  readonly dispatch = (event: UiEvent): void => {
    if (this.isClosed) return;
    const before = this.current;
    let next = reduceUi(before, event);
    for (let count = 0; count < MOST_WANTS; count++) {
      const want = next.left === null ? wantOf(next) : null;
      const data = want === null ? null : this.answer(want);
      if (data === null) break;
      next = reduceUi(next, data);
    }
    this.current = next;
    if (next.directory !== before.directory) this.closeRunBut(next.directory);
    if (next !== before) for (const listener of this.listeners) listener();
  };

  readonly goesOn = (live: LiveUi, directory?: string): void => {
    const wasOver = this.current.live?.isOver === true;
    this.dispatch({ kind: 'live', live, ...(directory === undefined ? {} : { directory }) });
    if (live.isOver && !wasOver) this.takeIn(true);
  };

  readonly close = (): void => {
    this.isClosed = true;
    this.cancelTick();
    this.closeRunBut(null);
  };

  start(): void {
    this.dispatch({ kind: 'resize', size: this.current.size });
    this.tick();
  }

  private tick(): void {
    if (this.isClosed) return;
    const isBusy = this.takeIn(false);
    this.cancelTick = this.clock.at(this.clock.nowMs() + (isBusy ? 1 : UPDATE_MS), () => this.tick());
  }

  /** Takes in some lines, and shows them when the last update is long enough ago. Returns whether more are waiting. */
  private takeIn(isUrgent: boolean): boolean {
    const { run, current } = this;
    if (run === null) {
      // A live run's folder may not be there yet.
      if (current.live !== null && current.directory !== null && current.story === null)
        this.dispatch({ kind: 'resize', size: current.size });
      return false;
    }
    if (this.isStuck) return false;
    try {
      if (current.live !== null && run.open.pending === 0) run.open.refresh();
      const isPending = run.open.pending > 0 && run.open.step(STEP_LINES);
      this.show(run, isUrgent);
      return isPending;
    } catch (error) {
      this.isStuck = true;
      this.dispatch({ kind: 'failed', message: readableMessage(error) });
      return false;
    }
  }

  private show({ directory, open }: NonNullable<Session['run']>, isUrgent: boolean): void {
    const { story, pending } = this.current;
    const isNews = story === null || pending !== open.pending || this.current.live !== null;
    const nowMs = this.clock.nowMs();
    if (!isNews || (!isUrgent && nowMs - this.shownAtMs < UPDATE_MS)) return;
    const next = open.story;
    this.shownAtMs = nowMs;
    if (story !== null && pending === open.pending && isSameStory(story, next)) return;
    this.dispatch({ kind: 'story', directory, story: next, pending: open.pending });
  }

  private answer(want: Want): UiData | null {
    try {
      return this.fetch(want);
    } catch (error) {
      return { kind: 'failed', message: readableMessage(error) };
    }
  }

  private fetch(want: Want): UiData | null {
    switch (want.kind) {
      case 'list':
        return { kind: 'list', entries: this.source.list() };
      case 'page':
        return { kind: 'page', directory: want.directory, lines: this.source.gameDayPage(want.directory) };
      case 'against':
        return { kind: 'against', directory: want.directory, story: this.wholeStory(want.directory) };
      case 'run':
        return this.openedRun(want.directory);
      case 'record': {
        const { scenarioId, arm, seq } = want.target;
        const line = this.run?.open.journal(scenarioId, arm)?.readRange(seq, 1)[0];
        if (line === undefined)
          return { kind: 'failed', message: `Line ${seq} cannot be read from the journal.` };
        return { kind: 'record', target: want.target, fields: eventRecord(line) };
      }
      case 'lines': {
        const { scenarioId, arm, from, count } = want;
        const journal = this.run?.open.journal(scenarioId, arm);
        if (journal == null) return { kind: 'failed', message: 'This arm left no journal.' };
        const rows = journal.readRange(from, count).map(lineRow);
        return { kind: 'lines', page: { scenarioId, arm, from, rows, lineCount: journal.lineCount } };
      }
    }
  }

  private openedRun(directory: string): UiData | null {
    const open = this.source.openRun(directory);
    if (open === null) return null;
    this.closeRunBut(null);
    this.run = { directory, open };
    this.isStuck = false;
    open.step(STEP_LINES);
    return { kind: 'story', directory, story: open.story, pending: open.pending };
  }

  /** Of another run, for a comparison: all of it at once. */
  private wholeStory(directory: string): RunStory {
    const open = this.source.openRun(directory);
    if (open === null)
      throw new HarnessError('file', { message: `could not read ${directory}: it holds nothing yet` });
    try {
      while (open.step(STEP_LINES * 8)) {
        // bounded by the journals' lines
      }
      return open.story;
    } finally {
      open.close();
    }
  }

  private closeRunBut(directory: string | null): void {
    if (this.run === null || this.run.directory === directory) return;
    this.run.open.close();
    this.run = null;
  }
}

/** Errors that a person can do something about in one sentence; bugs go on their way. */
function readableMessage(error: unknown): string {
  if (error instanceof HarnessError) return error.message;
  if (error instanceof Error && 'code' in error) return messageOf(error);
  throw error;
}

function isSameStory(a: RunStory, b: RunStory): boolean {
  return (
    a.card === b.card &&
    a.notices.length === b.notices.length &&
    a.scenarios.length === b.scenarios.length &&
    a.scenarios.every((scenario, index) => {
      const other = b.scenarios[index];
      return (['calm', 'unguarded', 'guarded', 'benign'] as const).every(
        arm => scenario.arms[arm] === other?.arms[arm],
      );
    })
  );
}
