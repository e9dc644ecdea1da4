import { testNotice } from '../gameday/notify/write-notice.ts';
import { HarnessError } from '../kernel/errors.ts';
import type { GameDay } from '../scenario/game-day-schema.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { channelName } from './notify-channel.ts';
import { createSender } from './notify-sender.ts';
import { sendWithTries } from './notify-tries.ts';
import type { Output } from './output.ts';
import { createRealClock } from './real-clock.ts';
import { createWallClock } from './schedule-clock.ts';
import { nowText } from './wall-clock.ts';

const MOST_MS = 30_000;
const POLICY = { tries: 2, tryMs: 10_000, firstWaitMs: 500 };

/** Sends a message that is marked as a test to everybody whom the file names, and says for each whether it arrived. */
export async function testNotifications(
  { metadata, notifications }: Pick<GameDay, 'metadata' | 'notifications'>,
  output: Output,
): Promise<ExitCodeName> {
  if (notifications.length === 0) {
    throw new HarnessError('usage', {
      message: `could not test the notifications of ${metadata.id}: its file names none`,
      hint: 'Add `notifications:`; `brakecheck schema GameDay` says what may stand there.',
    });
  }
  const wall = createWallClock();
  const clock = createRealClock();
  const sender = createSender(process.env, wall.nowMs);
  const notice = testNotice({ gameDay: metadata.id, title: metadata.title, at: nowText() });
  const log = (line: string) => output.people(`${line}\n`);
  const deps = { sender, clock, log, policy: POLICY, untilMs: clock.nowMs() + MOST_MS };
  try {
    const arrived = await Promise.all(
      notifications.map(async spec => {
        const missing = sender.missing(spec);
        const attempt =
          missing === null
            ? await sendWithTries(spec, notice, deps)
            : ({ state: 'refused', because: `the variable ${missing} is not set` } as const);
        const words = attempt.state === 'sent' ? 'sent' : attempt.because;
        output.machine(`${channelName(spec)}: ${words}\n`);
        return attempt.state === 'sent';
      }),
    );
    return arrived.every(Boolean) ? 'held' : 'environment';
  } finally {
    sender.close();
  }
}
