import type { StressFault } from '../../guardrails/stress/stress-fault.ts';
import { type HttpAsk, type Outside, OutsideFailure } from '../../ports/outside.ts';
import { faultyProgram } from './faulty-program.ts';
import { startFaultyServer } from './faulty-server.ts';

export interface FaultyOutside {
  readonly outside: Outside;
  readonly close: () => Promise<void>;
}

/**
 * How long somebody is waited for who will not answer in time. Virtual time stands still meanwhile, so that a longer
 * limit would show nothing else.
 */
const IMPATIENCE_MS = 250;

/**
 * The world outside as an adapter meets it when its service or program fails in this way: a real server on a port of
 * this machine stands before the service, and programs that fail are run in the program's place, so that the adapter and
 * our own client are what is tested. Files are left alone.
 */
export async function createFaultyOutside(fault: StressFault, real: Outside): Promise<FaultyOutside> {
  const server = await startFaultyServer(fault, real);
  const program = faultyProgram(fault, real);
  const isLate = fault === 'slow' || fault === 'hanging';
  const impatient = <Ask extends { readonly timeoutMs: number }>(ask: Ask): Ask =>
    isLate ? { ...ask, timeoutMs: Math.min(ask.timeoutMs, IMPATIENCE_MS) } : ask;
  return {
    outside: {
      ...real,
      http: ask => askThrough(server.place(ask), impatient(ask), real),
      exec: ask => program(impatient(ask)),
    },
    close: () => server.close(),
  };
}

/** Asks the server at `url` what `ask` says, and tells of failures as if it were the service. */
async function askThrough(url: string, ask: HttpAsk, real: Outside) {
  try {
    return await real.http({ ...ask, url, tls: null });
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    const message = error.message.replaceAll(new URL(url).host, new URL(ask.url).host);
    throw new OutsideFailure(error.fault, message);
  }
}

/** The world outside when the files that a policy engine reads are gone, or hold no policy; `map` is ours and stays. */
export function withoutPolicy(fault: StressFault, real: Outside, map: unknown): Outside {
  const read = async <Content>(path: string, content: Content, whole: () => Promise<Content>) => {
    if (path === map) return whole();
    if (fault === 'down') throw new OutsideFailure('not-found', `there is no file ${path}`);
    return content;
  };
  return {
    ...real,
    readText: path => read(path, NO_POLICY, () => real.readText(path)),
    readBytes: path => read<Uint8Array>(path, Buffer.from(NO_POLICY), () => real.readBytes(path)),
  };
}

const NO_POLICY = '<!doctype html><title>Sign in</title>\n';
