import { HarnessError, messageOf } from '../../kernel/errors.ts';
import { afterSitting, afterTrouble, type SittingEnd } from './after-sitting.ts';
import type { RunOutcome, ScheduleEvent } from './events.ts';
import { nextMoves } from './next-moves.ts';
import type { Claim, GameDayRunner, SchedulerNote, ScheduleStore, Sitting, WallClock } from './ports.ts';
import type { ScheduledDay } from './scheduled-day.ts';
import { newScheduleState, reduce, type ScheduleState } from './state.ts';
import { wakeAt } from './wake-at.ts';

export interface KeeperPorts {
  readonly clock: WallClock;
  readonly store: ScheduleStore;
  readonly runner: GameDayRunner;
  readonly tell: (note: SchedulerNote) => void;
  /** Called when there is something to look at before the time that `look` returned. */
  readonly nudge: () => void;
}

/** A clock that lags by less is only being corrected. */
const CLOCK_LAG_MS = 5_000;

interface Owned {
  readonly claim: Claim;
  state: ScheduleState;
}

/** A process of this scheduler's. */
interface Process {
  readonly sitting: Sitting;
  end: { readonly exit: RunOutcome | null } | null;
}

/**
 * Keeps one game day: what is to be done is written down first and done then, so that a scheduler that dies in between
 * is found to have begun what it had not, never the other way round; going on in a folder that is not there begins it.
 */
export class DayKeeper {
  private readonly ports: KeeperPorts;
  private day: ScheduledDay;
  private owned: Owned | null = null;
  private process: Process | null = null;
  private told = '';

  constructor(day: ScheduledDay, ports: KeeperPorts) {
    this.day = day;
    this.ports = ports;
  }

  /** Takes over a changed schedule at the next look. */
  set schedule(schedule: ScheduledDay['schedule']) {
    this.day = { id: this.day.id, schedule };
  }

  /** True while a run of this game day goes on. */
  get isRunning(): boolean {
    return this.process !== null || this.owned?.state.current?.phase === 'running';
  }

  /** Notices and does what is due; returns when to look again, ms since 1970, null when nothing is known. */
  look(): number | null {
    try {
      const owned = this.own();
      if (owned === null) return null;
      this.settle(owned);
      const nowMs = this.ports.clock.nowMs();
      const lagMs = owned.state.noticedMs - nowMs;
      if (lagMs > CLOCK_LAG_MS) {
        this.tellOnce({ type: 'clock-behind', gameDay: this.day.id, byMs: lagMs }, 'clock-behind');
      }
      for (const move of nextMoves(this.day, owned.state, nowMs)) this.commit(owned, move);
      return wakeAt(this.day, owned.state, nowMs);
    } catch (error) {
      // A wrong file is for its owner to mend; a full disk may be emptied: what could not be written was not done.
      if (error instanceof HarnessError && error.kind === 'file') throw error;
      this.ports.tell({ type: 'failed', gameDay: this.day.id, message: messageOf(error) });
      return null;
    }
  }

  /** Asks what runs to end; `isRunning` turns false, after further looks, when it has. */
  shutDown(): void {
    try {
      const current = this.owned?.state.current;
      if (this.owned !== null && current?.phase === 'running' && current.stopping === null) {
        const atMs = this.ports.clock.nowMs();
        this.commit(this.owned, { type: 'stopping', atMs, dueMs: current.dueMs, because: 'shutdown' });
      }
    } catch (error) {
      this.process?.sitting.stop();
      this.ports.tell({ type: 'failed', gameDay: this.day.id, message: messageOf(error) });
    }
  }

  /** Writes down what ended while it is being shut down, and begins nothing. */
  settleOnly(): void {
    try {
      if (this.owned !== null) this.settle(this.owned);
    } catch (error) {
      this.ports.tell({ type: 'failed', gameDay: this.day.id, message: messageOf(error) });
    }
  }

  release(): void {
    this.owned?.claim.release();
    this.owned = null;
  }

  private own(): Owned | null {
    if (this.owned !== null) return this.owned;
    const { id } = this.day;
    const claim = this.ports.store.claim(id);
    if (claim === null) {
      this.tellOnce({ type: 'standby', gameDay: id }, 'standby');
      return null;
    }
    try {
      // Read after it was claimed: the one before may have written until then.
      const state = claim.read() ?? newScheduleState(id, this.ports.clock.nowMs());
      this.owned = { claim, state };
      this.told = '';
      this.ports.tell({ type: 'claimed', gameDay: id, state });
      return this.owned;
    } catch (error) {
      claim.release();
      throw error;
    }
  }

  /** Finds out what became of the sitting that goes on, as far as anything did. */
  private settle(owned: Owned): void {
    const { current } = owned.state;
    if (current?.phase !== 'running') return;
    const end = this.process?.end ?? null;
    if (this.process !== null && end === null) return;
    const look = this.ports.runner.look(current.folder);
    if (look.found === 'in-use') {
      this.process = null;
      const { folder } = current;
      this.tellOnce({ type: 'adopted', gameDay: this.day.id, folder }, `adopted ${folder}`);
      if (current.stopping !== null) this.ports.runner.askToStop(this.day);
      return;
    }
    const atMs = this.ports.clock.nowMs();
    const { found } = look;
    const seen: SittingEnd = { exit: found === 'finished' ? look.exit : (end?.exit ?? null), found };
    const isUnseen = end === null && found !== 'finished' && current.stopping === null;
    const event = isUnseen
      ? afterTrouble(current, found, { atMs, waits: false })
      : afterSitting(current, seen, atMs);
    this.commit(owned, event);
    this.process = null;
  }

  private commit(owned: Owned, event: ScheduleEvent): void {
    const state = reduce(owned.state, event);
    owned.claim.write(state);
    owned.state = state;
    this.act(event);
    this.ports.tell({ type: 'event', gameDay: this.day.id, event, state });
  }

  private act(event: ScheduleEvent): void {
    if (event.type === 'begun' || event.type === 'resumed') {
      const begun: Process = { sitting: this.ports.runner.start(this.day, event.folder), end: null };
      this.process = begun;
      begun.sitting.ended.then(
        exit => this.onEnd(begun, exit),
        () => this.onEnd(begun, null),
      );
    }
    if (event.type === 'stopping') {
      if (this.process === null) this.ports.runner.askToStop(this.day);
      else this.process.sitting.stop();
    }
  }

  private onEnd(process: Process, exit: RunOutcome | null): void {
    process.end = { exit };
    this.ports.nudge();
  }

  /** Tells what lasts at its beginning only. */
  private tellOnce(note: SchedulerNote, key: string): void {
    if (this.told === key) return;
    this.told = key;
    this.ports.tell(note);
  }
}
