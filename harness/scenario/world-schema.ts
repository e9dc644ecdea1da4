import { z } from 'zod';
import {
  API_VERSION,
  byteSize,
  declaredDelay,
  duration,
  identifier,
  metadata,
  percent,
  resource,
  text,
  verbName,
} from './common-schema.ts';
import { journeyName } from './journey-schema.ts';
import { people, persons, roles } from './people-schema.ts';
import { database, instance, network, service } from './service-schema.ts';
import { alarms, shoppers } from './shoppers-schema.ts';

export { type JourneyName, journeyName } from './journey-schema.ts';

const severityRule = z.strictObject({
  severity: z.literal([1, 2, 3, 4]),
  anyOf: z
    .array(z.strictObject({ harm: z.string().max(64), atLeast: z.number().positive(), because: text }))
    .max(50)
    .describe('Any one of these reaches the severity.'),
});

const policyLine = z.strictObject({
  id: identifier,
  verb: verbName,
  resource,
  unlessApprovedBy: z.int().min(1).max(10).optional().describe('Allowed with this many approvals.'),
  because: text,
});

const watchedTable = z.strictObject({
  service: identifier,
  table: z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/),
  key: z.string().min(1).max(64),
  columns: z.array(z.string().min(1).max(64)).max(100).describe('Columns that must keep their values.'),
});

const thirdParties = z.strictObject({
  payment: z.strictObject({ latency: declaredDelay, declines: percent }),
  carrier: z.strictObject({ latency: declaredDelay }),
  model: z.strictObject({ latency: declaredDelay }),
});

export const worldSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('World'),
  metadata,
  regions: z.array(identifier).min(1).max(50),
  horizon: duration.describe('All arms of a scenario end at this time.'),
  gate: duration.describe("The mistake's steps count from here; before it lies the steady-state gate."),
  services: z.record(identifier, service),
  staging: z
    .array(resource)
    .max(200)
    .default([])
    .describe('Slots of the staging environment, each a small copy of a production cell.'),
  database,
  network,
  instance,
  backups: z.strictObject({ every: duration, throughputPerSecond: byteSize, validationPerSecond: byteSize }),
  provisioning: z.strictObject({ environment: declaredDelay, instance: duration }),
  cacheWarming: z.strictObject({ entriesPerSecond: z.int().min(1).max(1_000_000_000) }),
  dataRepair: z.strictObject({
    rowsPerSecond: z.number().positive().max(1_000_000_000),
    modelledRowsPerRow: z.int().min(1).max(1_000_000_000).describe('Rows that each row here stands for.'),
  }),
  rollouts: z.strictObject({
    waves: z
      .array(z.number().gt(0).max(1))
      .min(1)
      .max(20)
      .describe('Shares of traffic, ascending; the last one is 1.'),
    bake: duration,
  }),
  approvals: z.strictObject({ expireAfter: duration }),
  evidence: z.strictObject({
    staleAfter: duration,
    unitTests: duration,
    loadRun: duration,
    dryRun: duration,
  }),
  thirdParties,
  shoppers,
  people,
  alarms,
  persons,
  roles,
  policy: z
    .array(policyLine)
    .max(200)
    .describe('Effects that the company forbids whatever a guardrail said.'),
  priceFloor: percent.describe('An order charged below this share of the list price is mispriced.'),
  objective: percent.describe(
    'Success ratio per journey and region below which a minute counts as an outage.',
  ),
  noiseFloor: z.strictObject({
    failedJourneys: z.int().min(0),
    ordersLost: z.int().min(0),
    revenueLostCents: z.int().min(0),
    outage: duration,
  }),
  steadyState: z
    .array(z.strictObject({ journey: journeyName, region: identifier, atLeast: percent }))
    .min(1)
    .max(200)
    .describe('What normal is, as the shopper sees it; must be met before the mistake.'),
  watchedTables: z.array(watchedTable).max(100).describe('Tables whose rows the oracle counts.'),
  severity: z.array(severityRule).max(20).describe('Thresholds of Sev-1 to Sev-4.'),
});

export type World = z.infer<typeof worldSchema>;
