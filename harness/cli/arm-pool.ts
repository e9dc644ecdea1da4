import { Worker } from 'node:worker_threads';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import type { TableAsk, TableReply } from '../run/table.ts';
import { type ArmJob, type ArmMessage, STOP_FLAG, type TableMessage } from './arm-job.ts';
import { YOUNG_GENERATION_MB } from './bounded-heap.ts';

export type FinishedJob = Extract<ArmMessage, { kind: 'finished' }>;

const NOT_BEGUN: FinishedJob = {
  ...{ kind: 'finished', status: 'interrupted', reason: 'stop-requested', leftBehind: 0 },
  ...{ digest: '', journal: null, exchanges: [], drifts: [], missing: [] },
};

interface Queued {
  readonly job: ArmJob;
  readonly onProgress: (atMs: number) => void;
  readonly table: TableAnswers | undefined;
  readonly resolve: (finished: FinishedJob) => void;
  readonly reject: (error: unknown) => void;
}

/** How many arms there may be at once. */
export interface ArmsAtOnce {
  /** Whose company is up or coming up. */
  readonly living: number;
  /** Of those, whose company is not yet steady: until then it keeps the processor busy, and from then on it mostly waits. */
  readonly starting: number;
}

/** Answers for the people in the room; must also answer, soon, once a stop was asked for. */
export type TableAnswers = (asked: TableAsk) => Promise<TableReply>;

/**
 * Runs arms in worker threads, so many at once; each worker serves one arm at a time. An arm of which only the clean-up is
 * left makes room for the next one, so that one company is taken down while another one starts.
 */
export class ArmPool {
  private most: ArmsAtOnce;
  private living = 0;
  private starting = 0;
  private readonly shared = new SharedArrayBuffer(4);
  private readonly queue: Queued[] = [];
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();

  /** `size`: a number when it does not matter how many of them are starting. */
  constructor(size: number | ArmsAtOnce) {
    this.most = limitsOf(size);
  }

  /** How many arms live at once. */
  get size(): number {
    return this.most.living;
  }

  /** How many arms to ask for at once, so that one is always ready when another one leaves. */
  get depth(): number {
    return 2 * this.size;
  }

  /** Other limits for arms that begin while the work goes on, and for no longer. */
  async sized<T>(size: number | ArmsAtOnce, work: () => Promise<T>): Promise<T> {
    const before = this.most;
    this.most = limitsOf(size);
    try {
      return await work();
    } finally {
      this.most = before;
    }
  }

  run(
    job: ArmJob,
    onProgress: (atMs: number) => void = () => undefined,
    table?: TableAnswers,
  ): Promise<FinishedJob> {
    return new Promise((resolve, reject) => {
      this.queue.push({ job, onProgress, table, resolve, reject });
      this.startNext();
    });
  }

  /** Asks every arm to close its journal at the next task. */
  requestStop(): void {
    Atomics.store(new Int32Array(this.shared), STOP_FLAG, 1);
  }

  get isStopRequested(): boolean {
    return Atomics.load(new Int32Array(this.shared), STOP_FLAG) === 1;
  }

  async close(): Promise<void> {
    await Promise.all([...this.all].map(worker => worker.terminate()));
  }

  private startNext(): void {
    if (this.isStopRequested) this.turnAway();
    const next = this.queue[0];
    if (next === undefined || this.living >= this.size || this.starting >= this.most.starting) return;
    // Half of all workers may be leaving: arms that are slow to go hold up the ones to come.
    const worker = this.idle.pop() ?? (this.all.size < this.depth ? this.createWorker() : undefined);
    if (worker === undefined) return;
    this.queue.shift();
    this.serve(worker, next);
  }

  /** Who waits when a stop is asked for does not begin: nothing of it is there. */
  private turnAway(): void {
    for (const { resolve } of this.queue.splice(0)) resolve(NOT_BEGUN);
  }

  private createWorker(): Worker {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./arm-worker.${extension}`, import.meta.url), {
      workerData: this.shared,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.all.add(worker);
    return worker;
  }

  /** Counts one arm more, which tells when its company is steady and when it is as good as gone. */
  private enter() {
    let [isStarting, isLiving] = [true, true];
    this.starting++;
    this.living++;
    const settle = () => {
      if (isStarting) this.starting--;
      isStarting = false;
      this.startNext();
    };
    const leave = () => {
      if (isLiving) this.living--;
      isLiving = false;
      settle();
    };
    return { settle, leave };
  }

  private serve(worker: Worker, { job, onProgress, table, resolve, reject }: Queued): void {
    const { settle, leave } = this.enter();
    // Each listener is taken off by name: a worker's own bookkeeping lives among its listeners.
    const done = (isUsable: boolean) => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      if (isUsable) this.idle.push(worker);
      else this.all.delete(worker);
      leave();
    };
    const onMessage = (message: ArmMessage) => {
      if (message.kind === 'progress') return onProgress(message.atMs);
      if (message.kind === 'steady') return settle();
      if (message.kind === 'leaving') return leave();
      if (message.kind === 'asked') {
        answer(worker, message.asked, table).catch(onError);
        return;
      }
      done(true);
      if (message.kind === 'finished') resolve(message);
      else reject(toError(message));
    };
    const onError = (error: unknown) => {
      done(false);
      reject(
        new HarnessError('bug', {
          message: `an arm ended with an error of ours: ${messageOf(error)}`,
          cause: error,
        }),
      );
    };
    const onExit = (code: number) => {
      done(false);
      reject(
        new HarnessError('environment', {
          message: `the thread of an arm ended with code ${code} before its arm did`,
        }),
      );
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.postMessage(job);
  }
}

function limitsOf(size: number | ArmsAtOnce): ArmsAtOnce {
  const { living, starting } = typeof size === 'number' ? { living: size, starting: size } : size;
  return { living: Math.max(1, living), starting: Math.max(1, starting) };
}

async function answer(worker: Worker, asked: TableAsk, table: TableAnswers | undefined): Promise<void> {
  const reply = (await table?.(asked)) ?? { choice: null, skip: false, notes: [] };
  const message: TableMessage = { kind: 'table', reply };
  worker.postMessage(message);
}

function toError(message: Extract<ArmMessage, { kind: 'broken' }>): HarnessError {
  const error = new HarnessError(message.errorKind, {
    message: message.message,
    ...(message.hint === undefined ? {} : { hint: message.hint }),
  });
  if (message.stack !== undefined) error.stack = message.stack;
  return error;
}
