import { digestOf } from '../kernel/digest.ts';
import { stableJson } from '../kernel/stable-json.ts';
import { safeText } from '../report/safe-text.ts';
import type { NotificationSpec } from '../scenario/notification-schema.ts';

/** What people call a channel; addresses that are secret are called by their variable. */
export function channelName(spec: NotificationSpec): string {
  if (spec.type === 'email') return `email through ${spec.serverFrom}`;
  if (spec.type === 'slack') return `slack ${spec.urlFrom}`;
  return `webhook ${spec.url === undefined ? spec.urlFrom : safeText(new URL(spec.url).host, 200)}`;
}

/** The same for the same channel, whatever it asks for, so that what is kept for it is found again. */
export function channelKey({ on: _, ...spec }: NotificationSpec): string {
  return digestOf(stableJson(spec)).replace(/^.*:/, '').slice(0, 16);
}

/** Environment variables that a channel cannot do without. */
export function channelVariables(spec: NotificationSpec): string[] {
  if (spec.type === 'email') return [spec.serverFrom];
  if (spec.type === 'slack') return [spec.urlFrom];
  return [spec.urlFrom, spec.secretFrom].filter(name => name !== undefined);
}
