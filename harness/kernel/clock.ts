/** Time as the code below the command line knows it: integer milliseconds since the start of the run. */
export interface Clock {
  /** Milliseconds since time zero of the run. */
  nowMs(): number;
  /** Resolves after `durationMs`; rejects with the signal's reason when it aborts first. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Runs `task` at `atMs` (now, if that has passed). The returned function cancels it. */
  at(atMs: number, task: () => void): Cancel;
}

export type Cancel = () => void;
