import { z } from 'zod';
import { byteSize, declaredDelay, duration, identifier } from './common-schema.ts';
import { expectations } from './expectations.ts';

const settings = z.record(
  z.string(),
  z
    .union([z.string(), z.number(), z.boolean()])
    .register(expectations, { expected: 'text, a number, true or false' }),
);

/** A program of the shop, with a cell in each of its regions. */
export const service = z
  .strictObject({
    regions: z.array(identifier).min(1).max(50),
    tier: z.literal([1, 2, 3]).describe('1: shoppers notice at once. 3: internal.'),
    owner: identifier.describe('The team that owns it.'),
    tags: z.array(identifier).max(50).default([]),
    instances: z.int().min(1).max(32).describe('Instances per region.'),
    poolMax: z
      .int()
      .min(1)
      .max(1_000)
      .describe("Most connections that one instance's pool opens to the region's database server."),
    dataSize: byteSize.describe(
      "Size of one region's data in the company's terms; restores and validations take time by it.",
    ),
    cacheEntries: z
      .int()
      .min(0)
      .max(1_000_000_000)
      .default(0)
      .describe('Entries to load before an instance may take traffic. 0: it starts warm.'),
    config: settings.default({}).describe('Settings at time zero.'),
  })
  .describe('A program of the shop, with a cell in each of its regions.');

export const database = z.strictObject({
  connectionLimit: z
    .int()
    .min(1)
    .max(10_000)
    .describe("Connections that one region's database server accepts."),
  idleTimeout: duration,
  acquireTimeout: duration,
  maxLifetime: duration,
});

export const network = z.strictObject({ hop: declaredDelay, query: declaredDelay, connect: declaredDelay });

export const instance = z.strictObject({
  workers: z.int().min(1).max(10_000),
  queue: z.int().min(0).max(1_000_000),
});
