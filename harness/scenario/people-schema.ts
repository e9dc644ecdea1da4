import { z } from 'zod';
import { declaredDelay, duration, identifier, percent, resource, verbName } from './common-schema.ts';

const level = z.enum(['junior', 'mid', 'senior']);

const responders = z.strictObject({
  operatorNotices: declaredDelay.describe('The person on whose behalf an agent acts sees its own screen.'),
  acknowledgePage: declaredDelay,
  customersReport: declaredDelay.describe('Customers tell support, if nothing else pages anybody.'),
  diagnoseDocumented: declaredDelay,
  diagnoseUndocumented: declaredDelay,
  watchRepair: declaredDelay.describe(
    'First guess without a documented change: restart what is loudest, watch, see it fail.',
  ),
  diagnoseAgain: declaredDelay,
  decide: declaredDelay,
  signOffRestore: declaredDelay.describe(
    'Human part of validating restored data, before shoppers are let in.',
  ),
  prepareDataRepair: declaredDelay,
});

const reviewers = z.strictObject({
  people: z
    .array(z.strictObject({ id: identifier, level }))
    .min(1)
    .max(100),
  review: declaredDelay.describe('One review, from opening it to an answer.'),
  perQueuedRequest: duration.describe('Extra waiting per request already in the queue.'),
  catchWhenFresh: percent.describe('Share of visibly doubtful requests that a fresh reviewer refuses.'),
  catchWhenTired: percent.describe('The same for a reviewer with ten requests or more in the queue.'),
});

export const people = z
  .strictObject({ responders, reviewers })
  .describe('Timings of people: declared delays.');

export const persons = z
  .array(
    z.strictObject({
      id: identifier,
      level,
      roles: z.array(identifier).min(1).max(50),
      team: identifier,
    }),
  )
  .max(200)
  .describe('People with credentials of their own.');

export const roles = z
  .record(
    identifier,
    z
      .array(
        z.strictObject({
          verbs: z.array(verbName).min(1).max(200).describe('Verbs; environment.* and * cover several.'),
          resources: z.array(resource).min(1).max(200),
        }),
      )
      .max(100),
  )
  .describe('What each role may do.');
