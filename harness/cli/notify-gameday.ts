import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NoticeEvent, Occurrence } from '../gameday/notify/notice.ts';
import { occurrencesOf } from '../gameday/notify/occurrences-of.ts';
import { writeNotice } from '../gameday/notify/write-notice.ts';
import type { Scoreboard } from '../gameday/scoreboard.ts';
import { messageOf } from '../kernel/errors.ts';
import { safeText } from '../report/safe-text.ts';
import type { GameDay } from '../scenario/game-day-schema.ts';
import { gameDayFolders } from './gameday-directory.ts';
import { readScoreboard } from './gameday-scoreboard-files.ts';
import { channelKey } from './notify-channel.ts';
import { drainOutboxes } from './notify-drain.ts';
import { outboxOf, putInOutbox } from './notify-outbox.ts';
import { reachableChannels } from './notify-reachable.ts';
import { createSender } from './notify-sender.ts';
import type { Output } from './output.ts';
import { createRealClock } from './real-clock.ts';
import { writeRunFile } from './run-directory.ts';
import { createWallClock } from './schedule-clock.ts';
import { nowText } from './wall-clock.ts';

type Notified = Pick<GameDay, 'metadata' | 'notifications'>;

/** What was told already, so that a game day that goes on tells nothing twice. */
const TOLD = 'notified.json';
/** Earlier game days that are looked through for something to compare with. */
const MOST_EARLIER = 20;
/** All that sending may cost a game day whose results are on the disk, ms. */
const MOST_MS = 15_000;
const POLICY = { tries: 4, tryMs: 4_000, firstWaitMs: 500 };

/**
 * Writes down whom to tell of what, before the game day counts as finished: a process that dies has lost no message.
 * Trouble is told and ends nothing.
 */
export function queueGameDayNotices(
  { metadata, notifications }: Notified,
  given: {
    readonly directory: string;
    readonly board: Scoreboard;
    readonly isComplete: boolean;
    readonly output: Output;
  },
): void {
  if (notifications.length === 0) return;
  const { directory, board, isComplete, output } = given;
  try {
    const told = readTold(directory);
    const found = occurrencesOf(board, earlierBoards(directory, metadata.id), { isComplete });
    const occurrences = found.flatMap(each => newsIn(each, told));
    if (occurrences.length === 0) return;
    const facts = {
      gameDay: metadata.id,
      title: metadata.title,
      at: nowText(),
      occurrences,
      board,
      isComplete,
    };
    const log = (line: string) => output.people(`${line}\n`);
    for (const spec of reachableChannels(notifications, process.env, log)) {
      const notice = writeNotice(facts, spec);
      if (notice === null) continue;
      const place = { channel: channelKey(spec), notice, nowMs: Date.parse(facts.at) };
      putInOutbox(outboxOf(directory), place);
    }
    const keys = occurrences.flatMap(each => each.events.map(event => toldKey(each, event)));
    writeRunFile(directory, TOLD, `${JSON.stringify([...new Set([...told, ...keys])].sort())}\n`);
  } catch (error) {
    output.people(`notifications could not be written down: ${safeText(messageOf(error))}\n`);
  }
}

/** Sends what waits, of this game day and of earlier ones. Takes a bounded time, and never throws. */
export async function sendGameDayNotices(
  { metadata, notifications }: Notified,
  { directory, output }: { readonly directory: string; readonly output: Output },
): Promise<void> {
  if (notifications.length === 0) return;
  const wall = createWallClock();
  const clock = createRealClock();
  const sender = createSender(process.env, wall.nowMs);
  const log = (line: string) => output.people(`${line}\n`);
  try {
    const others = gameDayFolders(dirname(directory), metadata.id).map(folder => folder.directory);
    // Its own first: that is the news.
    const folders = [directory, ...others.filter(other => other !== directory).reverse()];
    await drainOutboxes(folders.map(outboxOf), {
      ...{ sender, clock, log, policy: POLICY, wallMs: wall.nowMs, isPatient: false },
      ...{ channels: notifications, untilMs: clock.nowMs() + MOST_MS },
    });
  } catch (error) {
    log(`notifications could not be sent: ${safeText(messageOf(error))}`);
  } finally {
    sender.close();
  }
}

/** Scoreboards of finished game days of this id beside `directory`, the newest first. */
function earlierBoards(directory: string, id: string): Scoreboard[] {
  const all = gameDayFolders(dirname(directory), id);
  const own = all.find(folder => folder.directory === directory)?.manifest.startedAt ?? nowText();
  return all
    .filter(({ manifest }) => manifest.finishedAt !== null && manifest.startedAt < own)
    .sort((a, b) => (a.manifest.startedAt < b.manifest.startedAt ? 1 : -1))
    .slice(0, MOST_EARLIER)
    .flatMap(folder => {
      try {
        return [readScoreboard(folder.directory)];
      } catch {
        return [];
      }
    });
}

function newsIn(occurrence: Occurrence, told: ReadonlySet<string>): Occurrence[] {
  const events = occurrence.events.filter(event => !told.has(toldKey(occurrence, event)));
  return events.length === 0 ? [] : [{ ...occurrence, events }];
}

function toldKey({ scenario, profile, after }: Occurrence, event: NoticeEvent): string {
  return [event, scenario ?? '', profile ?? '', after ?? ''].join('|');
}

function readTold(directory: string): ReadonlySet<string> {
  try {
    const keys: unknown = JSON.parse(readFileSync(join(directory, TOLD), 'utf8'));
    return new Set(Array.isArray(keys) ? keys.map(String) : []);
  } catch {
    return new Set();
  }
}
