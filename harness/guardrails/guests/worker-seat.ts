import type { GuardrailEntry } from '../../ports/guardrail.ts';
import { brokenSeat, type Question, type Reply, type Seat } from '../host/seat.ts';
import { type GuestThread, type RealDeadline, startGuestThread } from './guest-thread.ts';

export interface WorkerSeatOptions {
  readonly entry: GuardrailEntry;
  readonly moduleUrl: string;
  readonly realDeadline: RealDeadline;
  readonly waitOutside: <T>(answer: Promise<T>) => Promise<T>;
}

/** Times that a guest's thread is started again after it failed; then it stays away. */
const MOST_RESTARTS = 3;
/** Starting a thread and reading a module takes real time on a busy machine, whatever the limit for an answer. */
const SHORTEST_LOAD_LIMIT_MS = 10_000;

/** Seats a user's guardrail in a thread of its own. A thread that failed is started again at the next question. */
export async function createWorkerSeat(options: WorkerSeatOptions): Promise<Seat> {
  const first = await startThread(options);
  if (!first.started) return brokenSeat(first.reason);
  let thread: GuestThread = first.thread;
  let restarts = 0;
  let restarting: Promise<void> | null = null;
  let absence: string | null = null;

  const restart = async () => {
    restarts += 1;
    const again = await startThread(options);
    if (again.started) thread = again.thread;
    else absence = again.reason;
    restarting = null;
  };
  const revive = async () => {
    if (restarting === null && !thread.isAlive() && restarts < MOST_RESTARTS) restarting = restart();
    await restarting;
  };

  const ask = async (question: Question, nowMs: number): Promise<Reply> => {
    await revive();
    if (thread.isAlive()) return thread.ask(question, nowMs, options.entry.timeLimitMs);
    const reason = absence ?? `it was started again ${MOST_RESTARTS} times and failed each time`;
    return { answered: false, fault: 'not-loaded', reason };
  };

  return {
    failure: null,
    powers: first.powers,
    ask: (question, nowMs) => options.waitOutside(ask(question, nowMs)),
    tell: (action, nowMs) => {
      if (thread.isAlive()) thread.tell(action, nowMs);
      return null;
    },
    close: async () => {
      restarts = MOST_RESTARTS;
      await restarting;
      await thread.stop();
    },
  };
}

function startThread({ entry, moduleUrl, realDeadline }: WorkerSeatOptions) {
  return startGuestThread({
    moduleUrl,
    options: entry.options,
    realDeadline,
    loadLimitMs: Math.max(SHORTEST_LOAD_LIMIT_MS, entry.timeLimitMs),
  });
}
