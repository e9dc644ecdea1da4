import { Worker } from 'node:worker_threads';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import type { TableAsk, TableReply } from '../run/table.ts';
import { type ArmJob, type ArmMessage, STOP_FLAG, type TableMessage } from './arm-job.ts';
import { YOUNG_GENERATION_MB } from './bounded-heap.ts';

export type FinishedJob = Extract<ArmMessage, { kind: 'finished' }>;

interface Queued {
  readonly job: ArmJob;
  readonly onProgress: (atMs: number) => void;
  readonly table: TableAnswers | undefined;
  readonly resolve: (finished: FinishedJob) => void;
  readonly reject: (error: unknown) => void;
}

/** Answers for the people in the room; must also answer, soon, once a stop was asked for. */
export type TableAnswers = (asked: TableAsk) => Promise<TableReply>;

/** Runs arms in worker threads, as many at once as there are cores to use; each worker serves one arm at a time. */
export class ArmPool {
  /** How many arms it runs at once. */
  readonly size: number;
  private readonly shared = new SharedArrayBuffer(4);
  private readonly queue: Queued[] = [];
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();

  constructor(size: number) {
    this.size = Math.max(1, size);
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
    const next = this.queue[0];
    if (next === undefined) return;
    const worker = this.idle.pop() ?? (this.all.size < this.size ? this.createWorker() : undefined);
    if (worker === undefined) return;
    this.queue.shift();
    this.serve(worker, next);
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

  private serve(worker: Worker, { job, onProgress, table, resolve, reject }: Queued): void {
    // Each listener is taken off by name: a worker's own bookkeeping lives among its listeners.
    const done = (isUsable: boolean) => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      if (isUsable) this.idle.push(worker);
      else this.all.delete(worker);
      this.startNext();
    };
    const onMessage = (message: ArmMessage) => {
      if (message.kind === 'progress') return onProgress(message.atMs);
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
