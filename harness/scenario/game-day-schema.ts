import { z } from 'zod';
import { API_VERSION, byteSize, duration, identifier, metadata, text } from './common-schema.ts';
import { expectations } from './expectations.ts';
import { calendarDate, fileName, scenarioSelector, seedText } from './game-day-words.ts';
import { gateSchema } from './gate-schema.ts';
import { notificationSchema } from './notification-schema.ts';
import { scheduleSchema } from './schedule-schema.ts';
import { tableSchema } from './table-schema.ts';

const profileEntry = z
  .union([
    fileName,
    z
      .strictObject({
        use: fileName,
        baseline: z
          .boolean()
          .default(false)
          .describe('Shown for comparison: it counts neither for the gate nor for the exit code.'),
      })
      .register(expectations, { expected: '{ use: a profile, baseline: true }' }),
  ])
  .transform(entry => (typeof entry === 'string' ? { use: entry, baseline: false } : entry))
  .describe('A profile by its id, or by a path from the folder of this file.');

const seeds = z
  .union([
    z.array(seedText).min(1).max(10_000),
    z
      .strictObject({
        from: z.int().min(0).max(1_000_000_000).describe('The first seed.'),
        count: z.int().min(1).max(10_000).describe('How many seeds, one after the other.'),
      })
      .register(expectations, { expected: '{ from: 1, count: 30 }' }),
  ])
  .describe('Seeds of all chance: a list, or { from, count }.');

const order = z
  .strictObject({
    by: z
      .enum(['as-listed', 'shuffled'])
      .default('as-listed')
      .describe('as-listed: profiles, then scenarios as they were chosen, then seeds.'),
    seed: seedText.default('1').describe('What the shuffling depends on; without effect as listed.'),
  })
  .describe(
    'The order in which scenarios, profiles and seeds are begun. It changes no result of the simulation.',
  );

const expectation = z
  .strictObject({
    scenario: scenarioSelector,
    profile: fileName.optional().describe('Only under this profile; under every one when left out.'),
    expect: z.literal('escaped').describe('The verdict that is known and accepted for now.'),
    reason: text.describe('Why it is accepted, and where it is worked on.'),
    until: calendarDate.describe('Last day (UTC) on which it is accepted, such as 2026-09-30.'),
  })
  .describe(
    'A known gap. It turns red when it is fixed, so that the line is removed, and when its day has passed.',
  );

const abortWhen = z
  .strictObject({
    wallTime: duration.optional().describe('Real time of one sitting; the rest is left for the next one.'),
    diskFreeBelow: byteSize.optional().describe('Free space where the results are written.'),
    armsFailed: z
      .int()
      .min(1)
      .max(1_000)
      .optional()
      .describe('Arms that ended with an error, not with a verdict.'),
  })
  .describe("The harness's own brakes: journals are closed, and a later call goes on from there.");

const retention = z
  .strictObject({
    keep: z.int().min(1).max(10_000).default(30).describe('So many of the newest are kept.'),
    maxAge: duration.optional().describe('Older ones are removed, however few there are.'),
  })
  .describe('Which folders of this game day are kept. The last good and the last bad one always are.');

export const gameDaySchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('GameDay'),
  metadata,
  scenarios: z
    .array(scenarioSelector)
    .min(1)
    .max(200)
    .describe('What is run: ids, ids with *, tag:<tag>, or paths from the folder of this file.'),
  exclude: z.array(scenarioSelector).max(200).default([]).describe('Chosen scenarios that are left out.'),
  profiles: z.array(profileEntry).min(1).max(20).describe('Each is put to the same scenarios and seeds.'),
  seeds: seeds.default(['1']),
  stack: z
    .enum(['sim', 'local', 'containers'])
    .default('sim')
    .describe('What runs the services: sim, the embedded simulation; local; containers.'),
  browser: z
    .enum(['off', 'auto', 'require'])
    .default('auto')
    .describe('Shoppers with a browser, on live stacks: off; auto, if there is one; require.'),
  ordinary: z
    .boolean()
    .default(false)
    .describe('Also lives through a quiet week of ordinary changes under each profile.'),
  attribution: z
    .boolean()
    .default(true)
    .describe('Runs again to find which guardrails were necessary or sufficient.'),
  order: order.prefault({}),
  weights: z
    .record(identifier, z.number().positive().max(100))
    .default({})
    .describe(
      "By scenario id: multiplies the weight of the scenario's severity in the score; 1 when left out.",
    ),
  gate: gateSchema.prefault({}),
  expectations: z.array(expectation).max(200).default([]),
  abortWhen: abortWhen.prefault({}),
  schedule: scheduleSchema.optional(),
  notifications: z.array(notificationSchema).max(20).default([]).describe('Who is told of what.'),
  retention: retention.prefault({}),
  table: tableSchema.optional(),
});
export type GameDay = z.infer<typeof gameDaySchema>;
