import { spawn } from 'node:child_process';
import { HarnessError } from '../../../kernel/errors.ts';

/** Lines of a tool's output that an error shows. */
const SHOWN_LINES = 8;
/** Bound on the output that is held. */
const HELD_CHARACTERS = 20_000;

/** Runs a program to its end. An error shows what it said last; `tried` completes "could not …". */
export function runTool(
  tried: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  cwd?: string,
): Promise<void> {
  const child = spawn(command, args, {
    env: { ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  let output = '';
  const hold = (part: Buffer) => {
    output = (output + part.toString()).slice(-HELD_CHARACTERS);
  };
  child.stdout.on('data', hold);
  child.stderr.on('data', hold);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve();
      const last = output.trim().split('\n').slice(-SHOWN_LINES).join('\n');
      reject(
        new HarnessError('environment', {
          message: `could not ${tried}: ${command} ended with ${code ?? signal}:\n${last}`,
          hint: hintFor(output),
        }),
      );
    });
  });
}

function hintFor(output: string): string {
  if (/keyring|gpg|signature/i.test(output)) {
    return 'Install the keys of the Debian archive: sudo apt-get install debian-archive-keyring';
  }
  if (/couldn't download|Failed getting release|resolve|connect/i.test(output)) {
    return 'Check that http://deb.debian.org can be reached (proxies are taken from http_proxy).';
  }
  if (/noexec|nodev|mknod/i.test(output)) {
    return 'Choose a folder for temporary files on another file system: TMPDIR=/var/tmp npx brakecheck images';
  }
  return 'See what is missing with: brakecheck doctor';
}
