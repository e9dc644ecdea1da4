import { expect, test } from 'vitest';
import { SHOP } from '../../../fixtures/data/shop.ts';
import { createRealClock } from '../../cli/real-clock.ts';
import type { BrowsedJourney, JournalEvent, SampleEvent } from '../../journal/events.ts';
import type { ArmBrowser, BrowserLook } from './browser-shopper.ts';
import { BrowserWatch } from './browser-watch.ts';
import { HeldTelemetry } from './held-telemetry.ts';
import { FakeLiveStack } from './testing/fake-live-stack.ts';

const NEVER = () => false;
const ALWAYS = () => true;

/** A watch of two regions over a browser that finds what `answer` says, and what the journal and the company's telemetry got. */
function watchWith(browser: ArmBrowser) {
  const real = createRealClock();
  const events: JournalEvent[] = [];
  const telemetry = new HeldTelemetry();
  const stack = new FakeLiveStack(real, { answer: () => ({ ok: true, tookMs: 0 }) });
  const live = { ...stack.asLiveStack(), edges: () => ({ na: 'http://na', eu: 'http://eu' }) };
  const watch = new BrowserWatch({
    ...{ browser, real, telemetry, shop: SHOP, regions: ['na', 'eu'], stack: live },
    journal: { write: event => events.push(event) },
  });
  return { watch, events, telemetry, live };
}

function shopper(look: (order: BrowserLook) => readonly BrowsedJourney[], isRequired = false): ArmBrowser {
  return { isRequired, look: async order => look(order) };
}

function journey(succeeded: boolean, step = 'order'): BrowsedJourney {
  const seen = { durationMs: 5, status: 200, saw: 'a page', screenshot: null };
  return { journey: 'buy', succeeded, steps: [{ name: step, succeeded, ...seen }], trace: null };
}

function sample(region: string, succeeded: number): SampleEvent {
  return {
    ...{
      type: 'sample',
      reason: ['weigh'],
      regions: [region],
      realMs: 1,
      rounds: 2,
      steady: true,
      ended: 'steady',
    },
    journeys: [{ journey: 'buy', region, attempts: 10, succeeded, p50Ms: 1, p95Ms: 1 }],
    connections: [],
  };
}

test('what a browser cannot do on an ordinary day is a probe that was not met', async () => {
  const { watch, events } = watchWith(shopper(({ region }) => [journey(region === 'eu')]));
  expect(await watch.before(NEVER, NEVER)).toEqual([
    { journey: 'buy', region: 'na', attempts: 1, successRatio: 0, atLeast: 1, met: false, by: 'browser' },
  ]);
  expect(events.map(event => event.type === 'browser' && [event.when, event.region])).toEqual([
    ['before', 'na'],
    ['before', 'eu'],
  ]);
});

test('a browser that fails by itself says nothing of the shop', async () => {
  const { watch } = watchWith(shopper(() => [journey(false, 'browser')]));
  expect(await watch.before(NEVER, NEVER)).toEqual([]);
});

test('during the mistake it comes once when that has landed in a region, and once more when shoppers fail', async () => {
  const looks: BrowserLook[] = [];
  const { watch } = watchWith(
    shopper(look => {
      looks.push(look);
      return [journey(true)];
    }),
  );
  let hasLanded = false;
  await watch.before(() => hasLanded, NEVER);
  await watch.during(sample('na', 0), NEVER);
  expect(looks).toHaveLength(2);
  hasLanded = true;
  for (const succeeded of [10, 10, 9, 5, 5, 0]) await watch.during(sample('na', succeeded), NEVER);
  await watch.during(sample('eu', 2), NEVER);
  await watch.during(sample('eu', 2), NEVER);
  await watch.after(NEVER);
  expect(looks.map(({ when, region }) => `${when} ${region}`)).toEqual([
    ...['before na', 'before eu', 'during na', 'during na', 'during eu', 'after na', 'after eu'],
  ]);
  // Two looks at the same moment and region have files of their own.
  expect(new Set(looks.map(({ number }) => number)).size).toBe(looks.length);
});

test('a browser that is not there is noted once, with the reason, and the arm goes on', async () => {
  const { watch, events } = watchWith({ missing: 'none was found' });
  expect(await watch.before(ALWAYS, NEVER)).toEqual([]);
  await watch.during(sample('na', 0), NEVER);
  await watch.after(NEVER);
  expect(events).toEqual([
    { type: 'browser', when: 'before', region: 'na', journeys: [], missing: 'none was found' },
  ]);
});

test('a browser that does not start ends the arm only where it is required', async () => {
  const broken = (isRequired: boolean) =>
    watchWith(
      shopper(() => {
        throw new Error('no display');
      }, isRequired),
    );
  await expect(broken(true).watch.before(NEVER, NEVER)).rejects.toThrow('no display');
  const { watch, events } = broken(false);
  expect(await watch.before(NEVER, NEVER)).toEqual([]);
  expect(events).toEqual([expect.objectContaining({ missing: 'no display' })]);
});

test('a stop that is asked for ends the look at once, and cut pages are no evidence', async () => {
  let isStopped = false;
  const { watch, events } = watchWith({
    isRequired: false,
    look: ({ signal }) =>
      new Promise(resolve => {
        signal.addEventListener('abort', () => resolve([journey(false)]));
        isStopped = true;
      }),
  });
  expect(await watch.before(NEVER, () => isStopped)).toEqual([]);
  expect(events).toEqual([]);
});

test('the company’s monitoring hears nothing of it', async () => {
  const visits: Request[] = [];
  const { watch, telemetry, live } = watchWith({
    isRequired: false,
    look: async () => {
      visits.push(new Request('http://na/'));
      await live.visit('na', new Request('http://na/'));
      return [journey(true)];
    },
  });
  await live.visit('na', new Request('http://na/before'));
  await watch.before(NEVER, NEVER);
  expect(visits).toHaveLength(2);
  // What was asked before the look is kept: one request, and none of the two looks'.
  expect(telemetry.scrape().cells.map(({ requests }) => requests)).toEqual([1]);
  expect(live.scrape().cells).toEqual([]);
});
