import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HarnessError, messageOf } from '../kernel/errors.ts';

const LOCK = 'lock.db';
const OWNER = 'owner.json';

/** A held lock on a folder. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes a folder for this process; null when another one has it. The lock is the operating system's, on a database file:
 * it ends with its owner, however that ended, so a crash leaves no stale lock and a reused process id none that looks
 * held. Who the owner is stands beside it, for people.
 */
export function lockFolder(folder: string, since: string): FolderLock | null {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(join(folder, LOCK), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    writeFileSync(join(folder, OWNER), `${JSON.stringify({ pid: process.pid, host: hostname(), since })}\n`);
    const held = database;
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    if (messageOf(error).includes('database is locked')) return null;
    throw new HarnessError('environment', {
      message: `could not lock ${folder}: ${messageOf(error)}`,
      hint: 'Choose another folder with --out, on a disk that can be written and locked.',
      cause: error,
    });
  }
}

/** Who holds, or held last: `process 4711 on host-1 since 2026-03-10T10:00:00Z`. */
export function ownerOf(folder: string): string {
  try {
    const owner = JSON.parse(readFileSync(join(folder, OWNER), 'utf8')) as Record<string, unknown>;
    return `process ${String(owner.pid)} on ${String(owner.host)} since ${String(owner.since)}`;
  } catch {
    return 'another process';
  }
}
