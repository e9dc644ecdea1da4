import type { NotificationSpec } from '../notification-schema.ts';
import type { Reporter } from './reporter.ts';

/** A webhook has exactly one address: written out, or in the environment. */
export function checkNotifications(report: Reporter, notifications: readonly NotificationSpec[]): void {
  for (const [index, notification] of notifications.entries()) {
    if (notification.type !== 'webhook') continue;
    const { url, urlFrom } = notification;
    if ((url === undefined) !== (urlFrom === undefined)) continue;
    report.value(['notifications', index], {
      code: 'conflict',
      task: url === undefined ? 'find an address for the webhook' : 'use two addresses for one webhook',
      hint: 'write either url, or urlFrom with the name of an environment variable',
    });
  }
}
