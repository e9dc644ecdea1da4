import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

export const PROJECT = resolve(import.meta.dirname, '../..');
/** The Node.js that the project brings, whatever runs the tests. */
const NODE = join(PROJECT, 'node_modules/.bin/node');
const BIN = join(PROJECT, 'harness/cli/bin.ts');
/** What Node.js has compiled once it need not compile in the next process: a third of the time of a small run. */
const COMPILED = join(PROJECT, 'node_modules/.cache/compiled');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Typed at once; standard input ends after it. Left out: there is none. */
  readonly input?: string;
  /** Standard input stays open for whoever has the process. */
  readonly keepsInput?: boolean;
  /** Called at once, with the process. */
  readonly onStart?: (child: ChildProcess) => void;
  /** Killed when it has not ended by then; a minute and a half when left out, ms. */
  readonly limitMs?: number;
  /** Called whenever something was written to standard error, with all of it so far. */
  readonly onStderr?: (soFar: string, child: ChildProcess) => void;
}

/** Runs the command line as a process of its own; one that does not end in time is killed. */
export function brakecheck(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const child = spawn(NODE, [BIN, ...args], {
    cwd: options.cwd ?? PROJECT,
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, ...options.env },
    stdio: [options.input === undefined && options.keepsInput !== true ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    timeout: options.limitMs ?? 600_000,
    killSignal: 'SIGKILL',
  });
  const text = { stdout: '', stderr: '' };
  // A process that ends without reading what it was given is no trouble.
  child.stdin?.on('error', () => undefined);
  if (options.input !== undefined) child.stdin?.end(options.input);
  options.onStart?.(child);
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text.stdout += part;
  });
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text.stderr += part;
    options.onStderr?.(text.stderr, child);
  });
  return new Promise((resolveEnd, reject) => {
    child.on('error', reject);
    child.on('close', code => resolveEnd({ code, ...text }));
  });
}

/** `run` of scenarios without the re-runs for attribution, which a test seldom looks at. */
export function runSmall(args: readonly string[], options?: CommandOptions): Promise<Ended> {
  return brakecheck(['run', ...args, '--no-attribution'], options);
}
