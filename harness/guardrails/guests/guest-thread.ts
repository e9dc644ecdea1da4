import { Worker } from 'node:worker_threads';
import type { GuestFault } from '../../ports/action.ts';
import { constraintsSchema } from '../host/answer-schema.ts';
import type { Powers, Question, Reply } from '../host/seat.ts';
import { type FromGuest, fromGuestSchema, type GuestThreadData, type ToGuest } from './messages.ts';

/** Calls `onExpired` after `durationMs` of real time, unless cancelled before. Made at the command line. */
export type RealDeadline = (durationMs: number, onExpired: () => void) => () => void;

/** A guest's running thread. When it fails once it is gone; its questions are answered with the failure. */
export interface GuestThread {
  isAlive(): boolean;
  ask(question: Question, nowMs: number, limitMs: number): Promise<Reply>;
  tell(action: unknown, nowMs: number): void;
  stop(): Promise<void>;
}

export type ThreadStart =
  | { readonly started: true; readonly thread: GuestThread; readonly powers: Powers }
  | { readonly started: false; readonly reason: string };

export interface ThreadOptions extends GuestThreadData {
  readonly realDeadline: RealDeadline;
  /** Most real time for loading the module, ms. */
  readonly loadLimitMs: number;
}

/** A guardrail needs little memory; one that does not must not take the machine's. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** Starts a thread and loads the user's module in it. Never rejects. */
export function startGuestThread(options: ThreadOptions): Promise<ThreadStart> {
  return new Promise(resolve => {
    new Line(options, resolve);
  });
}

/** Our end of the line to one thread. */
class Line implements GuestThread {
  private readonly worker: Worker;
  private readonly realDeadline: RealDeadline;
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private nextId = 0;
  private alive = true;
  private settleLoad: (start: ThreadStart) => void;

  constructor(options: ThreadOptions, onStart: (start: ThreadStart) => void) {
    const { moduleUrl, realDeadline, loadLimitMs } = options;
    this.realDeadline = realDeadline;
    this.worker = openWorker({ moduleUrl, options: options.options });
    const cancel = realDeadline(loadLimitMs, () =>
      this.fail('not-loaded', `it was not loaded within ${loadLimitMs} ms`),
    );
    this.settleLoad = start => {
      this.settleLoad = () => {};
      cancel();
      onStart(start);
    };
    this.worker.on('message', (raw: unknown) => {
      const message = fromGuestSchema.safeParse(raw);
      if (message.success) this.hear(message.data);
    });
    this.worker.on('error', error => this.fail('threw', `its thread failed: ${textOf(error)}`));
    this.worker.on('messageerror', error => this.fail('threw', `its thread failed: ${textOf(error)}`));
    this.worker.on('exit', code => this.fail('threw', `it ended its own thread (exit code ${code})`));
  }

  isAlive(): boolean {
    return this.alive;
  }

  ask(question: Question, nowMs: number, limitMs: number): Promise<Reply> {
    return new Promise(answer => {
      const id = this.nextId++;
      const cancel = this.realDeadline(limitMs, () =>
        this.fail('timed-out', `it gave no answer within ${limitMs} ms`),
      );
      this.worker.ref();
      this.waiting.set(id, reply => {
        cancel();
        this.waiting.delete(id);
        // An idle guest must not keep the process up; a question that waits must.
        if (this.waiting.size === 0) this.worker.unref();
        answer(reply);
      });
      this.post({ kind: 'question', id, method: question.kind, about: question.about, nowMs });
    });
  }

  tell(action: unknown, nowMs: number): void {
    this.post({ kind: 'carried-out', action, nowMs });
  }

  async stop(): Promise<void> {
    this.fail('not-loaded', 'its thread was stopped');
    await this.worker.terminate();
  }

  private post(message: ToGuest): void {
    this.worker.postMessage(message);
  }

  private hear(message: FromGuest): void {
    switch (message.kind) {
      case 'answer':
        this.waiting.get(message.id)?.(replyOf(message.json));
        return;
      case 'no-answer':
        this.waiting.get(message.id)?.({ answered: false, fault: message.fault, reason: message.reason });
        return;
      case 'not-loaded':
        this.fail('not-loaded', message.reason);
        return;
      case 'loaded': {
        const powers = powersOf(message);
        if (powers === null) {
          this.fail('not-loaded', 'its rolloutPlan gives no ascending waves up to 1');
          return;
        }
        if (this.waiting.size === 0) this.worker.unref();
        this.settleLoad({ started: true, thread: this, powers });
      }
    }
  }

  private fail(fault: GuestFault, reason: string): void {
    if (!this.alive) return;
    this.alive = false;
    this.settleLoad({ started: false, reason });
    for (const answer of [...this.waiting.values()]) answer({ answered: false, fault, reason });
    // A termination that fails leaves a thread that nobody hears; `stop` awaits it and reports.
    this.worker.terminate().catch(() => {});
  }
}

function openWorker(data: GuestThreadData): Worker {
  const main = import.meta.url.endsWith('.ts')
    ? new URL('./worker-main.ts', import.meta.url)
    : new URL('./worker-main.js', import.meta.url);
  return new Worker(main, {
    workerData: data,
    // No environment: secrets are none of a guardrail's business, and an answer must not hang on the machine.
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    // Kept off ours; the far side discards what is printed. Reading the streams here would keep the process up.
    stdout: true,
    stderr: true,
    resourceLimits: RESOURCE_LIMITS,
  });
}

function replyOf(json: string | null): Reply {
  if (json === null) return { answered: true, value: undefined };
  try {
    return { answered: true, value: JSON.parse(json) };
  } catch {
    return { answered: false, fault: 'nonsense', reason: 'its answer is no JSON' };
  }
}

function powersOf(message: Extract<FromGuest, { kind: 'loaded' }>): Powers | null {
  const { decide, gateRollout, watch, carriedOut } = message;
  const plan = message.rolloutPlan === null ? null : constraintsSchema.safeParse(message.rolloutPlan);
  if (plan?.success === false) return null;
  return { decide, gateRollout, watch, carriedOut, rolloutPlan: plan?.data ?? null };
}

/** The text of an error that crossed threads; a guest may have thrown something that throws when it is read. */
function textOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'something unreadable';
  }
}
