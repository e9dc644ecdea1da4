import type { Notice } from '../gameday/notify/notice.ts';
import type { Clock } from '../kernel/clock.ts';
import { createRng } from '../kernel/rng.ts';
import type { NotificationSpec } from '../scenario/notification-schema.ts';
import type { Attempt } from './notify-attempt.ts';
import { channelKey, channelName } from './notify-channel.ts';
import type { Sender } from './notify-sender.ts';

/** How hard one message is tried in one go. */
interface TryPolicy {
  readonly tries: number;
  /** Most time of one try, ms. */
  readonly tryMs: number;
  /** The wait after the first try; it doubles with each, ms. */
  readonly firstWaitMs: number;
}

export interface TryDeps {
  readonly sender: Sender;
  readonly clock: Pick<Clock, 'nowMs' | 'sleep'>;
  /** When all of it must be over, on that clock. */
  readonly untilMs: number;
  readonly policy: TryPolicy;
  readonly log: (line: string) => void;
}

/** Shorter than this nothing is worth trying, ms. */
const LEAST_TRY_MS = 50;

/** Sends one message, again where that may help, never beyond the policy and the deadline. Every failure is logged. */
export async function sendWithTries(
  spec: NotificationSpec,
  notice: Notice,
  { sender, clock, untilMs, policy, log }: TryDeps,
): Promise<Attempt> {
  const name = `notification by ${channelName(spec)}`;
  // Several messages that fail together must not come back together.
  const rng = createRng(`${notice.id}/${channelKey(spec)}`);
  let last: Attempt = { state: 'failed', because: 'there was no time left to try it', waitMs: null };
  for (let tries = 1; tries <= policy.tries; tries++) {
    const leftMs = untilMs - clock.nowMs();
    if (leftMs < LEAST_TRY_MS) break;
    last = await sender.send(spec, notice, Math.min(policy.tryMs, leftMs));
    if (last.state !== 'failed') break;
    const waitMs = last.waitMs ?? backoffMs(policy.firstWaitMs, tries, rng.next());
    if (tries === policy.tries || clock.nowMs() + waitMs + LEAST_TRY_MS > untilMs) break;
    log(`${name}: ${last.because}; trying again in ${(waitMs / 1_000).toFixed(1)} s`);
    await clock.sleep(waitMs);
  }
  return last;
}

/** The wait after the `tries`-th try: doubling, and between half and all of that by `draw` in [0, 1). */
export function backoffMs(firstMs: number, tries: number, draw: number): number {
  return Math.round(firstMs * 2 ** (tries - 1) * (0.5 + draw / 2));
}
