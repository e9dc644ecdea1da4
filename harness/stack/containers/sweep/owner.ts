import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/**
 * Who a container, network, volume or folder belongs to: one process on one boot of one machine. A process id alone is
 * used again by the system, so the time at which the process started counts too.
 */
export interface Owner {
  readonly pid: number;
  /** When the process started: clock ticks since boot on Linux (field 22 of `/proc/<pid>/stat`), text elsewhere. */
  readonly started: string;
  /** The machine's boot. */
  readonly boot: string;
  /** The machine, by its name. */
  readonly host: string;
  /** The process-id namespace, since one engine may serve harnesses in several containers. */
  readonly space: string;
}

/**
 * `live`: its process runs. `dead`: it does not, and never will again. `foreign`: another machine's (or another
 * container's), whose processes cannot be seen from here.
 */
export type OwnerState = 'live' | 'dead' | 'foreign';

/** What this machine says of itself and its processes; replaced in tests. */
export interface Machine {
  readonly boot: string;
  readonly host: string;
  readonly space: string;
  /** When the process started, in the form of `Owner.started`; null when there is none. */
  startOf(pid: number): string | null;
}

const ownerShape = z.strictObject({
  pid: z.int().positive(),
  started: z.string(),
  boot: z.string(),
  host: z.string(),
  space: z.string(),
});

/** The owner that this process is. */
export function ownerOf(pid: number, machine: Machine): Owner {
  const { boot, host, space } = machine;
  return { pid, started: machine.startOf(pid) ?? 'unknown', boot, host, space };
}

/** One label's text, which `readOwner` reads back. */
export function ownerText(owner: Owner): string {
  return JSON.stringify(owner);
}

/** Null for text that no harness wrote. */
export function readOwner(text: string | undefined): Owner | null {
  try {
    const read = ownerShape.safeParse(JSON.parse(text ?? ''));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** What has become of an owner. One that cannot be read is `foreign`: what is not known to be dead is never removed. */
export function stateOf(owner: Owner | null, machine: Machine): OwnerState {
  if (owner === null || owner.host !== machine.host || owner.space !== machine.space) return 'foreign';
  if (owner.boot !== machine.boot) return 'dead';
  return machine.startOf(owner.pid) === owner.started ? 'live' : 'dead';
}

/** The machine that this process runs on: `/proc` on Linux, `ps` and `sysctl` elsewhere. */
export function thisMachine(): Machine {
  const host = hostname();
  const boot = textOf('/proc/sys/kernel/random/boot_id');
  if (boot !== null) return { boot, host, space: pidSpace(), startOf: startOnLinux };
  return { boot: answerOf('sysctl', ['-n', 'kern.boottime']) ?? 'unknown', host, space: 'host', startOf };
}

function startOnLinux(pid: number): string | null {
  const stat = textOf(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The second field, the command in brackets, may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isGone = fields[0] === 'Z' || fields[0] === 'X';
  return isGone ? null : (fields[19] ?? null);
}

function startOf(pid: number): string | null {
  return answerOf('ps', ['-o', 'lstart=', '-p', String(pid)]);
}

function pidSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return 'unknown';
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}

function answerOf(command: string, args: readonly string[]): string | null {
  try {
    const answer = execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return answer.trim() || null;
  } catch {
    return null;
  }
}
