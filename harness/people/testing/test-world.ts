import type { JournalEvent } from '../../journal/events.ts';
import { createRng } from '../../kernel/rng.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import type { DeclaredDelay } from '../../scenario/common-schema.ts';
import type { PeopleContext } from '../people-context.ts';

export type TestWorld = PeopleContext['world'];

export const MINUTE_MS = 60_000;

/** A delay without variation, so that tests can name the very millisecond. */
export function exactly(medianMs: number): DeclaredDelay {
  return { median: medianMs, variation: 0, source: 'simulated' };
}

/** Two regions, a shop of three services and a cost tool; every timing a round number of its own. */
export function testWorld(): TestWorld {
  const service = (tier: 1 | 2 | 3, regions: string[]) => ({
    regions,
    tier,
    owner: 'shop',
    tags: [],
    instances: 2,
    poolMax: 5,
    dataSize: 1,
    cacheEntries: 0,
    config: {},
  });
  return {
    regions: ['na', 'eu'],
    horizon: 48 * 60 * MINUTE_MS,
    services: {
      storefront: service(1, ['na', 'eu']),
      pricing: service(1, ['na', 'eu']),
      inventory: service(2, ['na', 'eu']),
      costs: service(3, ['eu']),
    },
    watchedTables: [
      { service: 'pricing', table: 'prices', key: 'product_id', columns: ['amount_cents'] },
      { service: 'inventory', table: 'stock', key: 'product_id', columns: ['on_hand'] },
    ],
    persons: [
      { id: 'engineer-1', level: 'mid', roles: ['engineer'], team: 'shop' },
      { id: 'on-call-1', level: 'senior', roles: ['operator', 'break-glass'], team: 'operations' },
      { id: 'on-call-2', level: 'mid', roles: ['operator'], team: 'operations' },
    ],
    alarms: {
      orderRateBelow: 0.5,
      errorsAbove: 0.05,
      settledBelow: 0.04,
      settleWindow: 120_000,
      window: 5 * MINUTE_MS,
      scrapeDelay: 5_000,
      scrapeEvery: 10_000,
    },
    people: testPeople(),
  };
}

function testPeople(): TestWorld['people'] {
  return {
    responders: {
      operatorNotices: exactly(1 * MINUTE_MS),
      acknowledgePage: exactly(4 * MINUTE_MS),
      customersReport: exactly(30 * MINUTE_MS),
      diagnoseDocumented: exactly(11 * MINUTE_MS),
      diagnoseUndocumented: exactly(53 * MINUTE_MS),
      watchRepair: exactly(20 * MINUTE_MS),
      diagnoseAgain: exactly(37 * MINUTE_MS),
      decide: exactly(7 * MINUTE_MS),
      signOffRestore: exactly(41 * MINUTE_MS),
      prepareDataRepair: exactly(23 * MINUTE_MS),
    },
    reviewers: {
      people: [
        { id: 'reviewer-1', level: 'mid' },
        { id: 'reviewer-2', level: 'senior' },
      ],
      review: exactly(10 * MINUTE_MS),
      perQueuedRequest: 2 * MINUTE_MS,
      catchWhenFresh: 0.9,
      catchWhenTired: 0.3,
    },
  };
}

export type StampedEvent = JournalEvent & { readonly atMs: number };

export function testContext(
  world: TestWorld = testWorld(),
  seed = 'people',
): PeopleContext & { readonly clock: VirtualClock; readonly events: StampedEvent[] } {
  const clock = new VirtualClock();
  const events: StampedEvent[] = [];
  return {
    clock,
    events,
    rng: createRng(seed),
    world,
    journal: { write: event => events.push({ ...event, atMs: clock.nowMs() }) - 1 },
  };
}

/** The person events of a run as `[phase, minutes of the span, text]`. */
export function spansOf(events: readonly StampedEvent[]): [string, number, string][] {
  return events.flatMap(event =>
    event.type === 'person'
      ? [[event.phase, (event.atMs - event.sinceMs) / MINUTE_MS, event.text] as [string, number, string]]
      : [],
  );
}
