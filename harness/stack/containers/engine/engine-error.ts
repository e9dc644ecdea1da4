import { HarnessError, messageOf } from '../../../kernel/errors.ts';

/** The engine itself no longer answers, as opposed to refusing one request. Ends a run with exit code 4. */
export class EngineGoneError extends HarnessError {
  constructor(tried: string, cause: unknown) {
    super('environment', {
      message: `could not ${tried}: the Docker engine does not answer (${messageOf(cause)})`,
      hint: 'Start the engine again (Debian: systemctl start docker, or dockerd; macOS: open Docker Desktop), then run: brakecheck clean',
      cause,
    });
    this.name = 'EngineGoneError';
  }
}

/** Signs that nobody listens at the engine's address any more, or that it hung up in mid-answer. */
const GONE =
  /ECONNREFUSED|ENOENT|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|socket hang up|working container runtime/;

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /EACCES|permission denied.*sock/i,
    'Add yourself to the group docker (sudo usermod -aG docker "$USER"), log in again; or use sudo.',
  ],
  [/no such image/i, 'Build the images first: brakecheck images'],
  [/no space left/i, 'Make room: brakecheck clean --images, docker system df shows who uses it.'],
  [
    /port is already allocated|address already in use/i,
    'Something else listens on that port; end it, or run again.',
  ],
  [/address pool|overlaps/i, 'Remove networks that nobody uses: docker network prune'],
];

/**
 * The error that people see for what an engine's client threw. `tried` completes "could not …". An error that is already
 * one of ours passes through.
 */
export function engineError(tried: string, thrown: unknown): HarnessError {
  if (thrown instanceof HarnessError) return thrown;
  const text = engineText(thrown);
  const code = codeOf(thrown);
  // `ENOENT` is also an answer's text ("no such file"): only an error of the connection itself has the code.
  if (statusOf(thrown) === null && GONE.test(`${code} ${code === '' ? text : ''}`)) {
    return new EngineGoneError(tried, thrown);
  }
  const hint = HINTS.find(([pattern]) => pattern.test(`${code} ${text}`))?.[1];
  return new HarnessError('environment', {
    message: `could not ${tried}: ${text}`,
    hint: hint ?? 'See what is missing with: brakecheck doctor',
    cause: thrown,
  });
}

/** What the engine said, without the client's words around it: "(HTTP code 409) unexpected - …". */
export function engineText(thrown: unknown): string {
  return messageOf(thrown)
    .trim()
    .replace(/^\(HTTP code \d+\) .*? - /, '');
}

/** The HTTP status of the engine's answer; null when there was none. */
export function statusOf(thrown: unknown): number | null {
  const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : null;
  return typeof status === 'number' ? status : null;
}

/** Awaits a request to the engine, and turns its error into one of ours. */
export async function engineCall<T>(tried: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw engineError(tried, error);
  }
}

function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
  return typeof code === 'string' ? code : '';
}
