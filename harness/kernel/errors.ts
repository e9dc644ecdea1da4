/** Whose doing it is: the command line's, a file's, the machine's, or ours. */
export type ErrorKind = 'usage' | 'file' | 'environment' | 'bug';

export interface ErrorDetails {
  /** What was tried and why it failed, in one sentence. */
  message: string;
  /** What to do about it. */
  hint?: string;
  cause?: unknown;
}

/** The one error that reaches the command line; its kind decides the exit code. */
export class HarnessError extends Error {
  readonly kind: ErrorKind;
  readonly hint: string | undefined;

  constructor(kind: ErrorKind, details: ErrorDetails) {
    super(details.message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'HarnessError';
    this.kind = kind;
    this.hint = details.hint;
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The machine's trouble behind an error, also where it is one among several; null when there is none. */
export function machineTrouble(thrown: unknown): HarnessError | null {
  if (thrown instanceof HarnessError) return thrown.kind === 'environment' ? thrown : null;
  if (!(thrown instanceof AggregateError)) return null;
  for (const error of thrown.errors) {
    const trouble = machineTrouble(error);
    if (trouble !== null) return trouble;
  }
  return null;
}
