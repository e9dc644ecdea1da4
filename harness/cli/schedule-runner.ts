import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunOutcome } from '../gameday/schedule/events.ts';
import type { FolderLook, GameDayRunner, Sitting } from '../gameday/schedule/ports.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { lockFolder } from './gameday-lock.ts';
import { GAME_DAY_MANIFEST, readGameDayManifest } from './gameday-manifest.ts';
import { readScoreboard } from './gameday-scoreboard-files.ts';
import { realDeadline } from './real-deadline.ts';
import { makeFolder } from './schedule-store.ts';
import { nowText } from './wall-clock.ts';

/** How long a run is given to close its journals and clean up, and then to answer SIGTERM, ms. */
const STOP_MS = 60_000;
const TERMINATE_MS = 30_000;
const MOST_LOGS = 20;

export interface RunnerFolders {
  readonly cwd: string;
  /** Of all game days. */
  readonly reports: string;
  readonly state: string;
  /** What to hand to `brakecheck gameday` for a game day. */
  readonly fileOf: (gameDay: string) => string;
  /** Runs tell nobody of anything. */
  readonly isQuiet?: boolean;
}

/**
 * Runs `brakecheck gameday` in a process of its own, which leads a process group: Ctrl-C reaches the scheduler alone.
 * It is asked to end by a file, which works for one that an earlier scheduler started, and whatever else sends signals.
 * Its words go to a file, since a pipe would end with the scheduler.
 */
export function createGameDayRunner(folders: RunnerFolders): GameDayRunner {
  const { reports, state } = folders;
  return {
    look: folder => lookAt(join(reports, folder)),
    start: (day, folder) => start(day.id, folder, folders),
    askToStop: day => askToStop(state, day.id),
  };
}

function lookAt(directory: string): FolderLook {
  const nothing = (found: FolderLook['found']): FolderLook => ({ found, exit: null });
  const manifest = readGameDayManifest(directory);
  if (manifest === null) {
    // Without a manifest nothing was measured; only a file that cannot be one makes the folder useless.
    return nothing(
      existsSync(directory) || existsSync(join(directory, GAME_DAY_MANIFEST)) ? 'unusable' : 'absent',
    );
  }
  const lock = lockFolder(directory, nowText());
  if (lock === null) return nothing('in-use');
  try {
    // Read again: its owner may have finished it in the meantime.
    const { finishedAt, exit } = readGameDayManifest(directory) ?? manifest;
    if (finishedAt !== null) return { found: 'finished', exit: outcomeOf(exit?.code ?? null) };
    return nothing(isHalted(directory) ? 'halted' : 'unfinished');
  } finally {
    lock.release();
  }
}

function isHalted(directory: string): boolean {
  try {
    return readScoreboard(directory).halted !== null;
  } catch {
    return false;
  }
}

function start(id: string, folder: string, { cwd, reports, state, fileOf, isQuiet }: RunnerFolders): Sitting {
  let child: ChildProcess | null = null;
  const ended = new Promise<RunOutcome | null>(resolve => {
    try {
      rmSync(stopFileOf(state, id), { force: true });
      const log = openLog(join(state, id, 'logs'), folder);
      try {
        child = spawn(
          process.execPath,
          [
            ENTRY,
            'gameday',
            fileOf(id),
            '--out',
            join(reports, folder),
            '--stop-file',
            stopFileOf(state, id),
            ...(isQuiet === true ? ['--no-notify'] : []),
          ],
          { cwd, detached: true, stdio: ['ignore', log, log] },
        );
      } finally {
        closeSync(log);
      }
      child.on('error', () => resolve(null));
      child.on('close', code => resolve(outcomeOf(code)));
    } catch {
      resolve(null);
    }
  });
  return { ended, stop: () => stop(child, ended, { state, id }) };
}

function stop(
  child: ChildProcess | null,
  ended: Promise<unknown>,
  { state, id }: { readonly state: string; readonly id: string },
): void {
  if (!askToStop(state, id)) signalGroup(child, 'SIGTERM');
  let cancel = realDeadline(STOP_MS, () => {
    signalGroup(child, 'SIGTERM');
    cancel = realDeadline(TERMINATE_MS, () => signalGroup(child, 'SIGKILL'));
  });
  ended.then(
    () => cancel(),
    () => cancel(),
  );
}

function signalGroup(child: ChildProcess | null, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/** False when the file could not be written. */
function askToStop(state: string, id: string): boolean {
  try {
    writeFileSync(stopFileOf(state, id), '');
    return true;
  } catch {
    return false;
  }
}

function stopFileOf(state: string, id: string): string {
  return join(state, id, 'stop');
}

/** Opens the file that takes a run's words; those of the oldest runs go. */
function openLog(logs: string, folder: string): number {
  makeFolder(logs);
  const name = `${folder}.log`;
  const others = readdirSync(logs)
    .filter(other => other.endsWith('.log') && other !== name)
    .sort();
  for (const old of others.slice(0, Math.max(0, others.length - MOST_LOGS + 1))) {
    rmSync(join(logs, old), { force: true });
  }
  return openSync(join(logs, name), 'a');
}

/** Null for a process that died, or that ended with a code that is none of ours. */
function outcomeOf(code: number | null): RunOutcome | null {
  const name = EXIT_CODES.find(exit => exit.code === code)?.name;
  if (name === undefined) return null;
  return name === 'terminated' ? 'interrupted' : name;
}

const ENTRY = fileURLToPath(
  new URL(`./bin.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);
