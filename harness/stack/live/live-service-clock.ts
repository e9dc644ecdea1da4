import type { Cancel, Clock } from '../../kernel/clock.ts';
import { EventQueue } from '../../kernel/event-queue.ts';

/**
 * The time that services of a live stack read: world time that goes on at real pace and can be moved forward. Timers that
 * a move passes over fire at once, in their order, each reading the new time. Timers of requests in flight fire too, so
 * time is moved while nobody waits.
 */
export class LiveServiceClock implements Clock {
  private readonly real: Clock;
  private readonly queue = new EventQueue();
  /** World time minus real time. */
  private aheadMs: number;
  private sequence = 0;
  private armed: { readonly atMs: number; readonly cancel: Cancel } | null = null;
  private closed = false;
  private failure: { readonly error: unknown } | null = null;

  constructor(real: Clock, worldNowMs = 0) {
    this.real = real;
    this.aheadMs = worldNowMs - real.nowMs();
  }

  nowMs(): number {
    return this.real.nowMs() + this.aheadMs;
  }

  at(atMs: number, task: () => void): Cancel {
    const queued = { atMs: Math.ceil(atMs), sequence: this.sequence++, run: task as (() => void) | null };
    this.queue.push(queued);
    this.arm();
    return () => {
      queued.run = null;
    };
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        cancel();
        reject(signal?.reason);
      };
      const cancel = this.at(this.nowMs() + durationMs, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Moves the time forward; an earlier time changes nothing. Throws what a timer's task threw since the last move. */
  moveTo(worldNowMs: number): void {
    if (worldNowMs > this.nowMs()) {
      this.aheadMs = worldNowMs - this.real.nowMs();
      this.fireDue();
    }
    if (this.failure === null) return;
    const { error } = this.failure;
    this.failure = null;
    throw error;
  }

  /** Drops all timers: nothing fires any more, and nothing keeps the process alive. */
  close(): void {
    this.closed = true;
    this.armed?.cancel();
    this.armed = null;
  }

  /** Keeps one real timer, for the task that is due next. */
  private arm(): void {
    while (this.queue.peek()?.run === null) this.queue.pop();
    const next = this.queue.peek();
    if (this.closed || next === undefined) return;
    if (this.armed !== null && this.armed.atMs <= next.atMs) return;
    this.armed?.cancel();
    this.armed = {
      atMs: next.atMs,
      cancel: this.real.at(next.atMs - this.aheadMs, () => {
        this.armed = null;
        this.fireDue();
      }),
    };
  }

  private fireDue(): void {
    // Taken off before any of them runs: a task that sets itself again at once waits for the next turn.
    const due: (() => void)[] = [];
    const nowMs = this.nowMs();
    for (let next = this.queue.peek(); next !== undefined && next.atMs <= nowMs; next = this.queue.peek()) {
      this.queue.pop();
      if (next.run !== null) due.push(() => next.run?.());
    }
    // The armed timer counted on the old time.
    this.armed?.cancel();
    this.armed = null;
    for (const run of due) this.runOne(run);
    this.arm();
  }

  /** A service's task that throws must not end the process in which the clock runs. */
  private runOne(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.failure ??= { error };
    }
  }
}
