import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HarnessError } from '../kernel/errors.ts';
import { type FolderLock, lockFolder, ownerOf } from './gameday-lock.ts';
import {
  type GameDayManifest,
  newGameDayManifest,
  readGameDayManifest,
  writeGameDayManifest,
} from './gameday-manifest.ts';
import { createRunDirectory } from './run-directory.ts';
import { TOOL } from './tool.ts';
import { nowText } from './wall-clock.ts';

export interface DirectoryRequest {
  readonly gameDay: string;
  readonly file: string;
  readonly fingerprint: string;
  /** The folder that holds those of all game days. */
  readonly reports: string;
  /** Exactly this folder; null: one under `reports`. */
  readonly out: string | null;
  /** Never go on with an unfinished one. */
  readonly fresh: boolean;
}

/** A game day's folder, locked for this process. */
export interface OpenedDirectory {
  readonly directory: string;
  readonly manifest: GameDayManifest;
  readonly lock: FolderLock;
  readonly isResumed: boolean;
  /** Folders of this game day that were left unfinished, and cannot be gone on with: what they ran has changed since. */
  readonly outdated: readonly string[];
}

/** Opens the folder to write to: an unfinished one of the same files and the same code, else a new one. */
export function openGameDayDirectory(request: DirectoryRequest): OpenedDirectory {
  if (request.out !== null) return openGiven(request.out, request);
  const unfinished = request.fresh ? [] : unfinishedOf(request);
  const outdated = unfinished.filter(({ manifest }) => manifest.fingerprint !== request.fingerprint);
  for (const { directory, manifest } of unfinished) {
    if (manifest.fingerprint !== request.fingerprint) continue;
    const lock = lockFolder(directory, nowText());
    if (lock !== null) return { directory, manifest, lock, isResumed: true, outdated: [] };
  }
  const created = create(freeName(request), request);
  return { ...created, outdated: outdated.map(({ directory }) => directory) };
}

function openGiven(directory: string, request: DirectoryRequest): OpenedDirectory {
  const manifest = readGameDayManifest(directory);
  if (manifest === null || request.fresh) return create(directory, request);
  if (manifest.fingerprint !== request.fingerprint) {
    throw new HarnessError('usage', {
      message: `could not go on in ${directory}: it holds the game day "${manifest.gameDay}", and its files or this program have changed since`,
      hint: 'Choose another folder with --out; results of different questions are never mixed.',
    });
  }
  const lock = lockFolder(directory, nowText());
  if (lock === null) throw inUse(directory);
  // Read again: the owner before may have finished it in the meantime.
  return {
    directory,
    manifest: readGameDayManifest(directory) ?? manifest,
    lock,
    isResumed: true,
    outdated: [],
  };
}

function create(directory: string, request: DirectoryRequest): OpenedDirectory {
  createRunDirectory(directory);
  const startedAt = nowText();
  const lock = lockFolder(directory, startedAt);
  if (lock === null) throw inUse(directory);
  const { gameDay, file, fingerprint } = request;
  const runId = basename(directory);
  const manifest = newGameDayManifest({ gameDay, runId, tool: TOOL, fingerprint, file, startedAt });
  writeGameDayManifest(directory, manifest);
  return { directory, manifest, lock, isResumed: false, outdated: [] };
}

/** Newest first. */
function unfinishedOf({ reports, gameDay }: DirectoryRequest) {
  return gameDayFolders(reports, gameDay)
    .filter(({ manifest }) => manifest.finishedAt === null)
    .reverse();
}

/** All folders of a game day, the oldest first. */
export function gameDayFolders(
  reports: string,
  gameDay: string,
): { readonly directory: string; readonly manifest: GameDayManifest }[] {
  if (!existsSync(reports)) return [];
  return readdirSync(reports)
    .filter(name => name.startsWith(`${gameDay}-`))
    .sort()
    .flatMap(name => {
      const directory = join(reports, name);
      const manifest = readGameDayManifest(directory);
      return manifest?.gameDay === gameDay ? [{ directory, manifest }] : [];
    });
}

function freeName({ reports, gameDay }: DirectoryRequest): string {
  const stamp = nowText().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const base = join(reports, `${gameDay}-${stamp}`);
  for (let twin = 2; twin < 1_000; twin++) {
    const path = twin === 2 ? base : `${base}-${twin - 1}`;
    if (!existsSync(path)) return path;
  }
  throw new HarnessError('environment', {
    message: `could not find a free name beside ${base}: there are a thousand of this second already`,
    hint: 'Choose a folder with --out.',
  });
}

function inUse(directory: string): HarnessError {
  return new HarnessError('environment', {
    message: `could not use ${directory}: ${ownerOf(directory)} is writing to it`,
    hint: 'Wait until it has ended, or choose another folder with --out.',
  });
}
