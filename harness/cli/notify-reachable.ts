import type { NotificationSpec } from '../scenario/notification-schema.ts';
import { channelName, channelVariables } from './notify-channel.ts';

/** Channels whose variables are set; the others are logged, since nothing is kept for them. */
export function reachableChannels(
  channels: readonly NotificationSpec[],
  env: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): NotificationSpec[] {
  return channels.filter(spec => {
    const missing = channelVariables(spec).find(name => (env[name] ?? '') === '');
    if (missing !== undefined)
      log(`notification by ${channelName(spec)}: not sent, since the variable ${missing} is not set`);
    return missing === undefined;
  });
}
