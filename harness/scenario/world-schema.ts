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
} from './common-schema.ts';

const settings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const service = z.strictObject({
  regions: z.array(identifier).min(1),
  /** 1: shoppers notice at once. 3: internal. */
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  owner: identifier,
  tags: z.array(identifier).default([]),
  instances: z.int().min(1).max(32),
  /** Most connections that one instance's pool opens to the region's database server. */
  poolMax: z.int().min(1).max(1_000),
  /** Size of one region's data in the company's terms; restores and validations take time by it. */
  dataSize: byteSize,
  /** Entries to load before an instance may take traffic, and how fast. Zero: it starts warm. */
  cacheEntries: z.int().min(0).default(0),
  config: settings.default({}),
});

const journeys = ['view-price', 'buy', 'look-at-account', 'ask-assistant', 'view-costs'] as const;
export const journeyName = z.enum(journeys);
export type JourneyName = z.infer<typeof journeyName>;

const shoppers = z.strictObject({
  /** Mean arrivals per second over a day, by region. Open loop: they come whether or not the shop answers. */
  perSecond: z.record(identifier, z.number().positive().max(1_000)),
  /** Relative arrivals by hour of the day, 24 figures; time zero is at `startHour`. */
  curve: z.array(z.number().min(0)).length(24),
  startHour: z.int().min(0).max(23),
  /** Relative weight of each journey, by region (`default` for regions not named). */
  mix: z.record(identifier, z.partialRecord(journeyName, z.number().min(0))),
  /** Tries of one step before a shopper gives up, and the pause between them. */
  attempts: z.int().min(1).max(5),
  pauseBetweenAttempts: duration,
  /** Longest a shopper waits for one page. */
  patience: duration,
});

const people = z.strictObject({
  responders: z.strictObject({
    /** The person on whose behalf an agent acts sees its own screen. */
    operatorNotices: declaredDelay,
    acknowledgePage: declaredDelay,
    /** Customers tell support, if nothing else pages anybody. */
    customersReport: declaredDelay,
    diagnoseDocumented: declaredDelay,
    diagnoseUndocumented: declaredDelay,
    /** First guess without a documented change: restart what is loudest, watch, see it fail. */
    watchRepair: declaredDelay,
    diagnoseAgain: declaredDelay,
    decide: declaredDelay,
    /** Human part of validating restored data, before shoppers are let in. */
    signOffRestore: declaredDelay,
    prepareDataRepair: declaredDelay,
  }),
  reviewers: z.strictObject({
    people: z.array(z.strictObject({ id: identifier, level: z.enum(['junior', 'mid', 'senior']) })).min(1),
    /** One review, from opening it to an answer. */
    review: declaredDelay,
    /** Extra waiting per request already in the queue. */
    perQueuedRequest: duration,
    /** Share of visibly doubtful requests that a fresh reviewer refuses. */
    catchWhenFresh: percent,
    /** The same for a reviewer with ten requests or more in the queue. */
    catchWhenTired: percent,
  }),
});

const alarms = z.strictObject({
  /** Fires when a region's orders fall below this share of the ordinary day's, over the window. */
  orderRateBelow: percent,
  errorsAbove: percent,
  window: duration,
  /** From the end of a window until it can be read. */
  scrapeDelay: duration,
  scrapeEvery: duration,
});

const role = z.array(
  z.strictObject({ verbs: z.array(z.string()).min(1), resources: z.array(resource).min(1) }),
);

const severityRule = z.strictObject({
  severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  /** Any one of these reaches the severity. */
  anyOf: z.array(z.strictObject({ harm: z.string(), atLeast: z.number().positive(), because: text })),
});

export const worldSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('World'),
  metadata,
  regions: z.array(identifier).min(1),
  /** All arms of a scenario end at this time. */
  horizon: duration,
  /** The mistake's steps count from here; before it lies the steady-state gate. */
  gate: duration,
  services: z.record(identifier, service),
  /** Slots of the staging environment, each a small copy of a production cell. */
  staging: z.array(resource).default([]),
  database: z.strictObject({
    /** Connections that one region's database server accepts. */
    connectionLimit: z.int().min(1).max(10_000),
    idleTimeout: duration,
    acquireTimeout: duration,
    maxLifetime: duration,
  }),
  network: z.strictObject({ hop: declaredDelay, query: declaredDelay, connect: declaredDelay }),
  instance: z.strictObject({ workers: z.int().min(1), queue: z.int().min(0) }),
  backups: z.strictObject({ every: duration, throughputPerSecond: byteSize, validationPerSecond: byteSize }),
  provisioning: z.strictObject({ environment: declaredDelay, instance: duration }),
  cacheWarming: z.strictObject({ entriesPerSecond: z.int().min(1) }),
  dataRepair: z.strictObject({ rowsPerSecond: z.number().positive(), modelledRowsPerRow: z.int().min(1) }),
  rollouts: z.strictObject({ waves: z.array(z.number().gt(0).max(1)).min(1), bake: duration }),
  approvals: z.strictObject({ expireAfter: duration }),
  evidence: z.strictObject({
    staleAfter: duration,
    unitTests: duration,
    loadRun: duration,
    dryRun: duration,
  }),
  thirdParties: z.strictObject({
    payment: z.strictObject({ latency: declaredDelay, declines: percent }),
    carrier: z.strictObject({ latency: declaredDelay }),
    model: z.strictObject({ latency: declaredDelay }),
  }),
  shoppers,
  people,
  alarms,
  persons: z.array(
    z.strictObject({
      id: identifier,
      level: z.enum(['junior', 'mid', 'senior']),
      roles: z.array(identifier).min(1),
      team: identifier,
    }),
  ),
  roles: z.record(identifier, role),
  /** Effects that the company forbids whatever a guardrail said. */
  policy: z.array(
    z.strictObject({
      id: identifier,
      verb: z.string(),
      resource,
      unlessApprovedBy: z.int().min(1).optional(),
      because: text,
    }),
  ),
  /** An order charged below this share of the list price is mispriced. */
  priceFloor: percent,
  /** Success ratio per journey and region below which a minute counts as an outage. */
  objective: percent,
  noiseFloor: z.strictObject({
    failedJourneys: z.int().min(0),
    ordersLost: z.int().min(0),
    revenueLostCents: z.int().min(0),
    outage: duration,
  }),
  steadyState: z.array(z.strictObject({ journey: journeyName, region: identifier, atLeast: percent })).min(1),
  /** Tables whose rows the oracle counts; `columns` must keep their values. */
  watchedTables: z.array(
    z.strictObject({
      service: identifier,
      table: identifier.or(z.string().regex(/^[a-z_]+$/)),
      key: z.string(),
      columns: z.array(z.string()),
    }),
  ),
  severity: z.array(severityRule),
});

export type World = z.infer<typeof worldSchema>;
export type ServiceSpec = z.infer<typeof service>;
