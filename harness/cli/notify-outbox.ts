import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { NOTICE_SCHEMA, type Notice } from '../gameday/notify/notice.ts';
import { writeRunFile } from './run-directory.ts';

const OUTBOX_SCHEMA = 'brakecheck/outbox/v1';
const FOLDER = 'outbox';
/** Messages kept in one folder; the oldest go first. */
const MOST_ENTRIES = 100;

/** A message that is still to be sent. It names its channel by a digest, and holds no address and no secret. */
export interface OutboxEntry {
  readonly schema: typeof OUTBOX_SCHEMA;
  readonly channel: string;
  readonly notice: Notice;
  /** Times of day, ms since 1970. */
  readonly writtenMs: number;
  /** A scheduler leaves it alone until then. */
  readonly nextMs: number;
  /** How often it was given up for a while. */
  readonly rounds: number;
}

export interface StoredEntry {
  readonly name: string;
  readonly entry: OutboxEntry;
}

/** Only what sending relies on; the rest is the receiver's to read. */
const entrySchema = z.looseObject({
  schema: z.literal(OUTBOX_SCHEMA),
  channel: z.string(),
  notice: z.looseObject({
    schema: z.literal(NOTICE_SCHEMA),
    id: z.string().regex(/^[\w-]{1,200}$/),
    ...{ at: z.iso.datetime(), gameDay: z.string(), title: z.string(), headline: z.string() },
    occurrences: z.array(z.looseObject({ sentence: z.string() })),
    omitted: z.number(),
  }),
  ...{ writtenMs: z.number(), nextMs: z.number(), rounds: z.number() },
});

/** The folder in which messages of `directory` (a game day's, or a scheduler's of one) wait. */
export function outboxOf(directory: string): string {
  return join(directory, FOLDER);
}

/** Writes a message down before it is sent; the same one again changes nothing. */
export function putInOutbox(
  outbox: string,
  { channel, notice, nowMs }: { readonly channel: string; readonly notice: Notice; readonly nowMs: number },
): void {
  mkdirSync(outbox, { recursive: true });
  const names = entryNames(outbox);
  const name = `${notice.at.replaceAll(/[^0-9]/g, '').slice(0, 14)}-${notice.id}-${channel}.json`;
  if (names.some(other => other.endsWith(`-${notice.id}-${channel}.json`))) return;
  for (const old of names.slice(0, Math.max(0, names.length - MOST_ENTRIES + 1))) removeEntry(outbox, old);
  writeEntry(outbox, name, {
    ...{ schema: OUTBOX_SCHEMA, channel, notice },
    ...{ writtenMs: nowMs, nextMs: nowMs, rounds: 0 },
  });
}

/** What waits, the oldest first. A file that is none of ours is removed, so that it cannot be in the way for ever. */
export function readOutbox(outbox: string): StoredEntry[] {
  return entryNames(outbox).flatMap(name => {
    const entry = readEntry(join(outbox, name));
    if (entry === null) removeEntry(outbox, name);
    return entry === null ? [] : [{ name, entry }];
  });
}

export function writeEntry(outbox: string, name: string, entry: OutboxEntry): void {
  writeRunFile(outbox, name, `${JSON.stringify(entry, null, 2)}\n`);
}

export function removeEntry(outbox: string, name: string): void {
  rmSync(join(outbox, name), { force: true });
}

function entryNames(outbox: string): string[] {
  if (!existsSync(outbox)) return [];
  return readdirSync(outbox)
    .filter(name => name.endsWith('.json') && name !== 'owner.json')
    .sort();
}

function readEntry(path: string): OutboxEntry | null {
  try {
    const parsed = entrySchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? (parsed.data as unknown as OutboxEntry) : null;
  } catch {
    return null;
  }
}
