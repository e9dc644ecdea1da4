import { expect, test } from 'vitest';
import { SHOP } from '../../../fixtures/data/shop.ts';
import { createRng } from '../../kernel/rng.ts';
import { runToEnd, VirtualClock } from '../../kernel/virtual-clock.ts';
import { arrivalsIn } from '../../traffic/shoppers.ts';
import { HeldTelemetry } from './held-telemetry.ts';
import { type SampleResult, Sampler } from './sampler.ts';
import { ShopperQueue } from './shopper-queue.ts';
import { FakeLiveStack, type FakeShop } from './testing/fake-live-stack.ts';
import { worldForTest } from './testing/world-for-test.ts';

const REGION = 'cn-north-1';
const HOUR_MS = 3_600_000;
const GOOD = { ok: true, tookMs: 20 };
const BAD = { ok: false, tookMs: 20 };

/** Samples a fake shop; the time that counts as real is virtual here. */
async function sample(
  shop: FakeShop,
  { untilMs = Infinity, stopAfterVisits = Infinity } = {},
): Promise<SampleResult & { stack: FakeLiveStack; telemetry: HeldTelemetry }> {
  const real = new VirtualClock();
  const world = worldForTest();
  const stack = new FakeLiveStack(real, shop);
  const telemetry = new HeldTelemetry();
  const sampler = new Sampler({
    ...{ stack: stack.asLiveStack(), real, world, telemetry, shop: SHOP, sampleMs: 5_000 },
    onConfirmed: () => undefined,
  });
  const arrivals = arrivalsIn({ clock: new VirtualClock(), rng: createRng('1'), world }, REGION);
  const result = await runToEnd(real, () =>
    sampler.take({
      nowMs: HOUR_MS,
      untilMs,
      reasons: ['a test'],
      queues: new Map([[REGION, new ShopperQueue(arrivals)]]),
      stopRequested: () => stack.visits >= stopAfterVisits,
    }),
  );
  return { ...result, stack, telemetry };
}

test('a steady shop is sampled for the least time, in two rounds', async () => {
  const { event } = await sample({ answer: () => GOOD });
  expect(event).toMatchObject({ steady: true, ended: 'steady', rounds: 2, regions: [REGION] });
  expect(event.realMs).toBeGreaterThanOrEqual(5_000);
  expect(event.journeys).toEqual([
    expect.objectContaining({ journey: 'view-costs', region: REGION, attempts: 24, succeeded: 24 }),
  ]);
});

test('services live at the time of the world, and a little later after each round, so that idle connections close', async () => {
  const { stack } = await sample({ answer: () => GOOD });
  expect(stack.times[0]).toBe(HOUR_MS);
  const steps = stack.times.slice(1).map((timeMs, index) => timeMs - (stack.times[index] ?? 0));
  expect(steps.every(stepMs => stepMs >= worldForTest().database.idleTimeout)).toBe(true);
});

test('while shoppers walk, time is told where they are, and everywhere once before', async () => {
  const { stack } = await sample({ answer: () => GOOD });
  const [first, ...others] = stack.toldIn;
  expect(first).toBe(null);
  expect(others.length).toBeGreaterThan(0);
  expect(others.every(regions => regions?.join() === REGION)).toBe(true);
});

test('a shop that breaks after the hundredth visit is found out when a leak warns of it', async () => {
  const { event, regions } = await sample({
    answer: visit => (visit > 100 ? BAD : GOOD),
    connections: visits => Math.min(visits, 100) / 5,
  });
  expect(event).toMatchObject({ steady: true, ended: 'steady' });
  expect(event.connections).toEqual([['production/cn-north-1', 20]]);
  const held = regions.get(REGION)?.held.get('view-costs') ?? [];
  expect(held.length).toBeGreaterThan(0);
  expect(held.every(({ experience }) => !experience.succeeded)).toBe(true);
});

test('the shoppers ahead keep what each of them lived, those before the break and those after it', async () => {
  const { regions } = await sample({
    answer: visit => (visit > 30 ? BAD : GOOD),
    connections: visits => Math.min(visits, 60),
  });
  const lived = [...(regions.get(REGION)?.ahead ?? [])].sort(([a], [b]) => a - b);
  expect(lived.map(([number]) => number)).toEqual(lived.map((_, index) => index + 1));
  const good = lived.filter(([, { walked }]) => walked.experience.succeeded).map(([number]) => number);
  expect(good.length).toBeGreaterThanOrEqual(24);
  expect(Math.max(...good)).toBeLessThan(lived.length);
});

test('rates that never settle end at the bound, and the sample says so', async () => {
  const { event } = await sample({ answer: () => GOOD, connections: visits => visits });
  expect(event).toMatchObject({ steady: false, ended: 'bound' });
  expect(event.realMs).toBeLessThan(100_000);
});

test('no more shoppers are brought than the world brings before the next planned change', async () => {
  const { event } = await sample({ answer: () => GOOD, connections: visits => visits }, { untilMs: 0 });
  expect(event).toMatchObject({ steady: false, ended: 'span-walked', rounds: 2 });
  expect(event.journeys[0]?.attempts).toBe(24);
});

test('a stop that is asked for ends the sample at once', async () => {
  const { event, stack } = await sample({ answer: () => GOOD }, { stopAfterVisits: 3 });
  expect(event.ended).toBe('stopped');
  expect(stack.visits).toBeLessThan(8);
});

test('a retry counts the whole pause of a person, though it is not waited for', async () => {
  const { regions, event } = await sample({ answer: () => BAD });
  const [walked] = regions.get(REGION)?.held.get('view-costs') ?? [];
  expect(walked?.durationMs).toBeGreaterThanOrEqual(worldForTest().shoppers.pauseBetweenAttempts);
  expect(event.realMs).toBeLessThan(20_000);
});
