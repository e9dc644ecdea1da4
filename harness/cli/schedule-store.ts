import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Claim, ScheduleStore } from '../gameday/schedule/ports.ts';
import { SCHEDULE_STATE_SCHEMA, type ScheduleState } from '../gameday/schedule/state.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import { lockFolder } from './gameday-lock.ts';
import { nowText } from './wall-clock.ts';

const STATE = 'state.json';

const timeMs = z.number().int();
const outcome = z.enum([
  ...(['held', 'weakness', 'inconclusive', 'invalid', 'environment', 'unclean'] as const),
  ...(['interrupted', 'replaced', 'time-limit', 'crashed'] as const),
]);
const folder = z.string().regex(/^[a-z0-9-]+$/);
const stateSchema = z.strictObject({
  schema: z.literal(SCHEDULE_STATE_SCHEMA),
  gameDay: z.string(),
  cron: z.string(),
  timeZone: z.string(),
  noticedMs: timeMs,
  waiting: z.array(z.strictObject({ dueMs: timeMs, beginMs: timeMs, isHeld: z.boolean() })),
  current: z
    .strictObject({
      ...{ dueMs: timeMs, folder, sinceMs: timeMs, spentMs: timeMs },
      phase: z.enum(['running', 'paused']),
      ...{ sittings: z.int(), troubles: z.int() },
      stopping: z.enum(['replaced', 'time-limit', 'shutdown']).nullable(),
    })
    .nullable(),
  recent: z.array(z.strictObject({ dueMs: timeMs, endedMs: timeMs, outcome, folder, spentMs: timeMs })),
});

/** Keeps the state of each game day in `<root>/<id>/state.json`, locked by the operating system for one scheduler. */
export function createScheduleStore(root: string): ScheduleStore {
  return {
    claim: gameDay => {
      const own = join(root, gameDay);
      makeFolder(own);
      const lock = lockFolder(own, nowText());
      return lock === null ? null : claimOf(own, gameDay, lock.release);
    },
  };
}

/** Makes the folder of a state; throws an `environment` error that says what to do. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new HarnessError('environment', {
      message: `could not make the folder ${path}: ${messageOf(error)}`,
      hint: 'Choose one that can be written with --state and --reports.',
      cause: error,
    });
  }
}

function claimOf(own: string, gameDay: string, release: () => void): Claim {
  const path = join(own, STATE);
  return {
    release,
    read: () => readState(path, gameDay),
    write: state => writeWhole(own, `${JSON.stringify(state, null, 2)}\n`),
  };
}

function readState(path: string, gameDay: string): ScheduleState | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const hint = `Put back an older copy of it, or remove it: then nothing that was due before now is made up for.`;
  let parsed: ReturnType<typeof stateSchema.safeParse>;
  try {
    parsed = stateSchema.safeParse(JSON.parse(text));
  } catch {
    throw new HarnessError('file', { message: `could not read ${path}: it is not JSON`, hint });
  }
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const message = `could not read ${path}: at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`;
    throw new HarnessError('file', { message, hint });
  }
  if (parsed.data.gameDay === gameDay) return parsed.data;
  throw new HarnessError('file', {
    message: `could not read ${path}: it is about "${parsed.data.gameDay}", not about "${gameDay}"`,
    hint,
  });
}

/** The old file stays until the new one is on the disk, also when the power fails. */
function writeWhole(own: string, text: string): void {
  const path = join(own, STATE);
  try {
    const draft = openSync(`${path}.draft`, 'w');
    try {
      writeSync(draft, text);
      fsyncSync(draft);
    } finally {
      closeSync(draft);
    }
    renameSync(`${path}.draft`, path);
    syncFolder(own);
  } catch (error) {
    throw new HarnessError('environment', {
      message: `could not write ${path}: ${messageOf(error)}`,
      hint: 'Nothing is begun until it can be written again.',
      cause: error,
    });
  }
}

function syncFolder(path: string): void {
  const folderFd = openSync(path, 'r');
  try {
    fsyncSync(folderFd);
  } catch {
    // Some file systems cannot sync a folder; the file itself is on the disk.
  } finally {
    closeSync(folderFd);
  }
}
