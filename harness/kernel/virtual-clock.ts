import type { Cancel, Clock } from './clock.ts';
import { HarnessError } from './errors.ts';
import { EventQueue } from './event-queue.ts';

/** Why a virtual clock stopped. `bound` names the limit that was hit; it is never silent. */
export type ClockStop = 'reached' | 'stop-requested' | 'bound';

export interface RunOptions {
  /** Virtual time at which to stop, ms. Tasks due exactly then still run. */
  untilMs: number;
  /** Asked before every task; true ends the loop. */
  stopRequested?: () => boolean;
  /** Most tasks to run in this call. */
  maxTasks: number;
}

/**
 * The event loop of the embedded simulation: take the next task by (time, sequence), run it, let microtasks and one
 * `setImmediate` settle, go on. Requests in flight wait on this clock, so they interleave as they would in real time.
 */
export class VirtualClock implements Clock {
  private readonly queue = new EventQueue();
  private sequence = 0;
  private timeMs = 0;
  private failure: { error: unknown } | null = null;

  nowMs(): number {
    return this.timeMs;
  }

  at(atMs: number, task: () => void): Cancel {
    const queued = {
      atMs: Math.max(Math.ceil(atMs), this.timeMs),
      sequence: this.sequence++,
      run: task as (() => void) | null,
    };
    this.queue.push(queued);
    return () => {
      queued.run = null;
    };
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    if (signal === undefined) {
      return new Promise(resolve => {
        this.at(this.timeMs + durationMs, resolve);
      });
    }
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = () => {
        cancel();
        reject(signal.reason);
      };
      const cancel = this.at(this.timeMs + durationMs, () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Ends the loop at the next task with this error: for a failure in work that nobody awaits. */
  fail(error: unknown): void {
    this.failure ??= { error };
  }

  /** Starts work that runs beside the caller; if it fails, the loop ends with its error. */
  spawn(work: () => Promise<unknown>): void {
    work().catch(error => this.fail(error));
  }

  /**
   * Holds virtual time until `answer` settles: for the one thing the simulation must wait for in real time, the answer
   * of a guest that lives in another thread or behind a socket.
   */
  async waitOutside<T>(answer: Promise<T>): Promise<T> {
    this.held.add(answer);
    try {
      return await answer;
    } finally {
      this.held.delete(answer);
    }
  }

  private readonly held = new Set<Promise<unknown>>();

  async run(options: RunOptions): Promise<ClockStop> {
    let tasks = 0;
    await this.settle();
    for (;;) {
      if (this.failure !== null) throw this.failure.error;
      if (options.stopRequested?.() === true) return 'stop-requested';
      const next = this.queue.peek();
      if (next === undefined || next.atMs > options.untilMs) {
        this.timeMs = Math.max(this.timeMs, options.untilMs);
        return 'reached';
      }
      this.queue.pop();
      if (next.run === null) continue;
      if (++tasks > options.maxTasks) return 'bound';
      this.timeMs = next.atMs;
      next.run();
      await this.settle();
    }
  }

  private async settle(): Promise<void> {
    await immediate();
    while (this.held.size > 0) {
      await Promise.race([...this.held].map(answer => answer.catch(() => undefined)));
      await immediate();
    }
  }
}

function immediate(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}

/** Runs `work` to its end on a virtual clock of its own or the given one. For set-up phases and tests. */
export async function runToEnd<T>(
  clock: VirtualClock,
  work: () => Promise<T>,
  maxMs = 365 * 86_400_000,
): Promise<T> {
  let outcome: { value: T } | { error: unknown } | null = null;
  work().then(
    value => {
      outcome = { value };
    },
    error => {
      outcome = { error };
    },
  );
  const limitMs = clock.nowMs() + maxMs;
  await clock.run({ untilMs: limitMs, stopRequested: () => outcome !== null, maxTasks: 50_000_000 });
  const settled = outcome as { value: T } | { error: unknown } | null;
  if (settled === null) {
    throw new HarnessError('bug', {
      message: `could not finish the work: it still waits after ${maxMs} ms of virtual time with nothing left to run`,
    });
  }
  if ('error' in settled) throw settled.error;
  return settled.value;
}
