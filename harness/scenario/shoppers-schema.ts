import { z } from 'zod';
import { duration, identifier, percent } from './common-schema.ts';
import { journeyName } from './journey-schema.ts';

export const shoppers = z
  .strictObject({
    perSecond: z
      .record(identifier, z.number().positive().max(1_000))
      .describe(
        'Mean arrivals per second over a day, by region. Open loop: they come whatever the shop answers.',
      ),
    curve: z
      .array(z.number().min(0).max(1_000_000))
      .length(24)
      .describe('Relative arrivals by hour of the day, 24 figures; time zero is at `startHour`.'),
    startHour: z.int().min(0).max(23),
    mix: z
      .record(identifier, z.partialRecord(journeyName, z.number().min(0).max(1_000_000)))
      .describe('Relative weight of each journey, by region (`default` for regions not named).'),
    attempts: z.int().min(1).max(5).describe('Tries of one step before a shopper gives up.'),
    pauseBetweenAttempts: duration,
    patience: duration.describe('Longest a shopper waits for one page.'),
  })
  .describe('Who visits, when, and what for.');

export const alarms = z
  .strictObject({
    orderRateBelow: percent.describe(
      "Fires when a region's orders fall below this share of the ordinary day's, over the window.",
    ),
    errorsAbove: percent,
    /** During an incident a cell counts as well again when its share of errors over `settleWindow` is below this. */
    settledBelow: percent,
    settleWindow: duration,
    window: duration,
    scrapeDelay: duration.describe('From the end of a window until it can be read.'),
    scrapeEvery: duration,
  })
  .describe('Ordinary alarms that any company has.');
