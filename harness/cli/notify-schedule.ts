import { join } from 'node:path';
import { missedOccurrence } from '../gameday/notify/missed-occurrence.ts';
import { writeNotice } from '../gameday/notify/write-notice.ts';
import type { SchedulerNote } from '../gameday/schedule/ports.ts';
import { messageOf } from '../kernel/errors.ts';
import type { GameDay } from '../scenario/game-day-schema.ts';
import { gameDayFolders } from './gameday-directory.ts';
import { channelKey } from './notify-channel.ts';
import { drainOutboxes } from './notify-drain.ts';
import { outboxOf, putInOutbox } from './notify-outbox.ts';
import { reachableChannels } from './notify-reachable.ts';
import { createSender } from './notify-sender.ts';
import { createRealClock } from './real-clock.ts';
import { createWallClock } from './schedule-clock.ts';
import type { WriteLog } from './schedule-log.ts';

/** Tells of runs that did not happen, and sends what runs could not send. Nothing waits for it but `close`. */
export interface ScheduleNotifier {
  observe(note: SchedulerNote): void;
  /** Waits, for a bounded time, for what is being sent; what is not is kept. */
  close(): Promise<void>;
}

export interface ScheduleNotifierDeps {
  readonly reports: string;
  readonly state: string;
  /** The game day as its file is now; undefined when it is not scheduled any more. */
  readonly specOf: (gameDay: string) => GameDay | undefined;
  readonly log: WriteLog;
}

/** Between two looks at what waits, ms: a look reads folders, and nobody is in a hurry. */
const LOOK_MS = 60_000;
/** All that one game day's messages may take in one look, ms. */
const MOST_MS = 10_000;
const POLICY = { tries: 2, tryMs: 5_000, firstWaitMs: 1_000 };

export function createScheduleNotifier(deps: ScheduleNotifierDeps): ScheduleNotifier {
  const seen = new Set<string>();
  let lookedMs = Number.NEGATIVE_INFINITY;
  let draining: Promise<void> | null = null;
  const drain = (): void => {
    draining ??= drainAll([...seen], deps).finally(() => {
      draining = null;
    });
  };
  return {
    observe: note => {
      if (note.type === 'looked') {
        if (note.atMs - lookedMs < LOOK_MS && note.atMs >= lookedMs) return;
        lookedMs = note.atMs;
        drain();
        return;
      }
      seen.add(note.gameDay);
      if (note.type !== 'event' || !queueMissed(note, deps)) return;
      // News goes out with the next look, which follows at once.
      lookedMs = Number.NEGATIVE_INFINITY;
    },
    close: async () => {
      await draining;
    },
  };
}

/** True when somebody is to be told. */
function queueMissed(
  { gameDay, event }: Extract<SchedulerNote, { type: 'event' }>,
  { state, specOf, log }: ScheduleNotifierDeps,
): boolean {
  const occurrence = missedOccurrence(event);
  const spec = specOf(gameDay);
  if (occurrence === null || spec === undefined) return false;
  const at = new Date(event.atMs).toISOString();
  const facts = {
    gameDay,
    title: spec.metadata.title,
    at,
    occurrences: [occurrence],
    board: null,
    isComplete: false,
  };
  try {
    const tell = (words: string) => log({ level: 'warning', event: 'notification', gameDay, words });
    for (const channel of reachableChannels(spec.notifications, process.env, tell)) {
      const notice = writeNotice(facts, channel);
      if (notice === null) continue;
      const place = { channel: channelKey(channel), notice, nowMs: event.atMs };
      putInOutbox(outboxOf(join(state, gameDay)), place);
    }
    return true;
  } catch (error) {
    const words = `a notification could not be written down: ${messageOf(error)}`;
    log({ level: 'error', event: 'notification', gameDay, words });
    return false;
  }
}

async function drainAll(gameDays: readonly string[], deps: ScheduleNotifierDeps): Promise<void> {
  const wall = createWallClock();
  const clock = createRealClock();
  const sender = createSender(process.env, wall.nowMs);
  const drainOne = async (gameDay: string): Promise<void> => {
    const write = (words: string) => deps.log({ level: 'info', event: 'notification', gameDay, words });
    try {
      const channels = deps.specOf(gameDay)?.notifications ?? [];
      if (channels.length === 0) return;
      const folders = gameDayFolders(deps.reports, gameDay).map(({ directory }) => directory);
      await drainOutboxes([join(deps.state, gameDay), ...folders.reverse()].map(outboxOf), {
        ...{ sender, clock, policy: POLICY, channels, log: write, untilMs: clock.nowMs() + MOST_MS },
        ...{ wallMs: wall.nowMs, isPatient: true },
      });
    } catch (error) {
      write(`notifications could not be sent: ${messageOf(error)}`);
    }
  };
  try {
    await Promise.all(gameDays.map(drainOne));
  } finally {
    sender.close();
  }
}
