import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** From `/proc`, on Linux: ids of the TCP sockets that the process listens on; empty when it is gone. */
export function listeningSockets(pid: number): string[] {
  const open = filesOf(pid).flatMap(file => /^socket:\[(\d+)\]$/.exec(file)?.[1] ?? []);
  const all = allListening();
  return open.filter(socket => all.has(socket));
}

/** Ids of all TCP sockets that somebody of this machine listens on. */
export function allListening(): ReadonlySet<string> {
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(path => textOf(path).split('\n').slice(1));
  const fields = lines.map(line => line.trim().split(/\s+/));
  // State 0A is LISTEN; the tenth field is the inode of the socket.
  return new Set(fields.filter(field => field[3] === '0A').flatMap(field => field[9] ?? []));
}

/** Process ids of those whose environment has this text: a child keeps that of whoever started it. */
export function processesWith(environment: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => textOf(`/proc/${pid}/environ`).includes(environment));
}

function filesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap(fd => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
