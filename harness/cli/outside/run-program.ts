import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { messageOf } from '../../kernel/errors.ts';
import { type ExecAsk, type ExecReply, OutsideFailure } from '../../ports/outside.ts';
import { realDeadline } from '../real-deadline.ts';

interface Surroundings {
  readonly baseDir: string;
  /** Where programs are looked for. */
  readonly path: string;
  /** How to end each program that runs; kept up to date. */
  readonly running: Set<() => void>;
}

/**
 * Runs a program to its end, with its own process group, so that what it started ends with it: at the deadline, when it
 * says too much, and when it ends itself.
 */
export function runProgram(ask: ExecAsk, { baseDir, path, running }: Surroundings): Promise<ExecReply> {
  const [program, ...args] = ask.command;
  return new Promise((resolvePromise, reject) => {
    let child: ChildProcessWithoutNullStreams;
    try {
      child = spawn(program.includes('/') ? resolve(baseDir, program) : program, args, {
        cwd: resolve(baseDir, ask.cwd ?? '.'),
        env: { PATH: path, ...ask.env },
        detached: true,
        stdio: 'pipe',
      });
    } catch (error) {
      reject(new OutsideFailure('unreachable', `${program} could not be started: ${messageOf(error)}`));
      return;
    }
    let isGroupEnded = false;
    const endGroup = () => {
      // Once: a number that is free again may soon be somebody else's.
      if (!isGroupEnded) killGroup(child);
      isGroupEnded = true;
    };
    running.add(endGroup);
    const settle = (give: () => void) => {
      cancel();
      running.delete(endGroup);
      endGroup();
      give();
    };
    const fail = (failure: OutsideFailure) => settle(() => reject(failure));
    const cancel = realDeadline(ask.timeoutMs, () =>
      fail(new OutsideFailure('timeout', `${program} did not end within ${ask.timeoutMs} ms`)),
    );
    const stdout = gather(child.stdout, ask.maxBytes, fail);
    const stderr = gather(child.stderr, ask.maxBytes, fail);
    child.on('error', error => fail(startFailure(program, error)));
    // A program may end without having read what it was given.
    child.stdin.on('error', () => {});
    child.stdin.end(ask.stdin);
    let hasEnded = false;
    child.on('exit', () => {
      hasEnded = true;
      // What it left running may hold its output open; nobody waits for that.
      endGroup();
    });
    child.on('close', (code, signal) => {
      if (hasEnded) settle(() => resolvePromise({ code, signal, stdout: stdout(), stderr: stderr() }));
    });
  });
}

/** Collects a stream's text up to a bound. */
function gather(
  stream: NodeJS.ReadableStream,
  maxBytes: number,
  fail: (failure: OutsideFailure) => void,
): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) fail(new OutsideFailure('too-large', `it printed more than ${maxBytes} bytes`));
    else chunks.push(chunk);
  });
  stream.on('error', () => {});
  return () => Buffer.concat(chunks).toString('utf8');
}

function startFailure(program: string, error: Error): OutsideFailure {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new OutsideFailure('not-found', `there is no program ${program}`);
  if (code === 'EACCES') return new OutsideFailure('unreadable', `${program} may not be run`);
  return new OutsideFailure('unreachable', `${program} could not be started: ${code || error.message}`);
}

function killGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // the group is gone
  }
}
