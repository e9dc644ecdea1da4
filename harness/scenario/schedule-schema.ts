import { Cron } from 'croner';
import { z } from 'zod';
import { duration } from './common-schema.ts';
import { expectations } from './expectations.ts';
import { repairCron } from './repair-cron.ts';
import { repairTimeZone } from './repair-time-zone.ts';

const cron = z
  .string()
  .max(200)
  .refine(isCron)
  .meta({
    description: 'When it is due: minute hour day month weekday, in the time zone below.',
    examples: ['0 10 * * TUE', '*/30 * * * *'],
  })
  .register(expectations, {
    expected: 'a cron pattern of five fields (minute hour day month weekday), such as "0 10 * * TUE"',
    repair: found => repairCron(found, isCron),
  });

const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone)
  .meta({ description: 'An IANA time zone, always written out.', examples: ['Europe/Berlin', 'UTC'] })
  .register(expectations, {
    expected: 'an IANA time zone such as Europe/Berlin or UTC',
    repair: repairTimeZone,
  });

/** When a scheduler begins this game day. */
export const scheduleSchema = z
  .strictObject({
    cron,
    timeZone,
    overlap: z
      .enum(['forbid', 'queue', 'replace'])
      .default('forbid')
      .describe('When the one before still runs: forbid skips this one, queue waits, replace ends that one.'),
    jitter: duration
      .prefault('0s')
      .describe('Begins up to this much later than due, so that not everything begins at once.'),
    missed: z
      .enum(['skip', 'run-once'])
      .default('skip')
      .describe('What became due while no scheduler ran: skipped, or made up for by one run.'),
    timeLimit: duration.optional().describe('Real time after which it is ended, resumable.'),
  })
  .describe('When a scheduler begins this game day.');
export type ScheduleSpec = z.infer<typeof scheduleSchema>;

/** Five fields only: seconds and nicknames differ between schedulers, and this file may be read by others. */
function isCron(pattern: string): boolean {
  if (pattern.trim().split(/\s+/).length !== 5) return false;
  try {
    return new Cron(pattern, { paused: true, timezone: 'UTC' }).getPattern() !== undefined;
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 know no daylight saving, and pass for a zone in the runtime.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
