import { createRng } from '../kernel/rng.ts';
import type { NotificationSpec } from '../scenario/notification-schema.ts';
import { lockFolder } from './gameday-lock.ts';
import { channelKey, channelName } from './notify-channel.ts';
import { type OutboxEntry, readOutbox, removeEntry, type StoredEntry, writeEntry } from './notify-outbox.ts';
import { backoffMs, sendWithTries, type TryDeps } from './notify-tries.ts';
import { nowText } from './wall-clock.ts';

export interface DrainDeps extends TryDeps {
  /** Channels of the game day as its file is now. */
  readonly channels: readonly NotificationSpec[];
  /** The time of day, ms since 1970. */
  readonly wallMs: () => number;
  /** Leaves alone what failed a short while ago. */
  readonly isPatient: boolean;
}

interface Draining extends DrainDeps {
  /** Channels that did not work a moment ago, in whatever folder. */
  readonly down: Set<string>;
}

/** A message that has not arrived by then is not news any more. */
const MOST_AGE_MS = 7 * 24 * 60 * 60_000;
const FIRST_ROUND_MS = 60_000;
const LONGEST_ROUND_MS = 6 * 60 * 60_000;

/**
 * Sends what waits in these folders: channels at once, the messages of one channel in order, and none after one that
 * did not arrive. What arrives or is refused is removed; the rest is kept for the next run. One process at a time.
 */
export async function drainOutboxes(outboxes: readonly string[], deps: DrainDeps): Promise<void> {
  const down = new Set<string>();
  for (const outbox of outboxes) {
    if (readOutbox(outbox).length === 0) continue;
    const lock = lockFolder(outbox, nowText());
    if (lock === null) continue;
    try {
      // Read again: another process may have sent them in the meantime.
      await drainOne(outbox, readOutbox(outbox), { ...deps, down });
    } finally {
      lock.release();
    }
  }
}

async function drainOne(outbox: string, stored: readonly StoredEntry[], deps: Draining): Promise<void> {
  const known = new Map(deps.channels.map(spec => [channelKey(spec), spec]));
  const live = stored.filter(({ name, entry }) => {
    const isOld = deps.wallMs() - entry.writtenMs > MOST_AGE_MS;
    if (known.has(entry.channel) && !isOld) return true;
    const why = isOld ? 'it could not be sent for a week' : 'the file names its receiver no longer';
    deps.log(`notification ${entry.notice.id}: given up, ${why}`);
    removeEntry(outbox, name);
    return false;
  });
  await Promise.all(
    [...known].map(async ([key, spec]) => {
      for (const each of live.filter(({ entry }) => entry.channel === key)) {
        if (!(await drainEntry(outbox, each, { spec, deps }))) return;
      }
    }),
  );
}

/** False: the channel does not work now. */
async function drainEntry(
  outbox: string,
  { name, entry }: StoredEntry,
  { spec, deps }: { readonly spec: NotificationSpec; readonly deps: Draining },
): Promise<boolean> {
  if (deps.down.has(entry.channel) || deps.clock.nowMs() >= deps.untilMs) return false;
  if (deps.isPatient && deps.wallMs() < entry.nextMs) return false;
  // It may be set for the next one who looks.
  if (deps.sender.missing(spec) !== null) return false;
  const about = `notification by ${channelName(spec)}`;
  const attempt = await sendWithTries(spec, entry.notice, deps);
  if (attempt.state === 'failed') {
    deps.down.add(entry.channel);
    deps.log(`${about}: ${attempt.because}; kept for the next time`);
    writeEntry(outbox, name, later(entry, deps.wallMs(), attempt.waitMs));
    return false;
  }
  deps.log(
    attempt.state === 'sent' ? `${about}: sent` : `${about}: ${attempt.because}; it is not tried again`,
  );
  removeEntry(outbox, name);
  return true;
}

function later(entry: OutboxEntry, nowMs: number, askedMs: number | null): OutboxEntry {
  const rounds = entry.rounds + 1;
  const draw = createRng(`${entry.notice.id}/${entry.channel}/${rounds}`).next();
  const waitMs = Math.min(LONGEST_ROUND_MS, backoffMs(FIRST_ROUND_MS, Math.min(rounds, 12), draw));
  return { ...entry, rounds, nextMs: nowMs + Math.max(waitMs, Math.min(askedMs ?? 0, LONGEST_ROUND_MS)) };
}
