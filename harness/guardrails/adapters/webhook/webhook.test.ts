import { expect, test } from 'vitest';
import type { RolloutGate } from '../../../ports/guardrail.ts';
import { always, aService } from '../testing/a-service.ts';
import { anAdapter } from '../testing/an-adapter.ts';

const GATE: RolloutGate = {
  rolloutId: 'rollout-1',
  service: 'pricing',
  region: 'na',
  build: 'pricing-tiered',
  wave: 0,
  trafficShare: 0.1,
  observedMs: 600_000,
  before: null,
  baseline: null,
  canary: null,
};

test.each([
  [200, '', 'allow'],
  [204, '', 'allow'],
  [403, 'frozen', 'deny'],
  [409, '', 'deny'],
  [500, '', 'error'],
  [404, '', 'error'],
  [429, 'slow down', 'error'],
])('by its status, %i with "%s" is %s', async (status, body, effect) => {
  const service = await aService(always(status, body));
  const { ask } = await anAdapter('webhook', { url: service.url });
  const answer = await ask();
  expect(answer.effect).toBe(effect);
  expect(answer.reason).toContain(`status ${status}`);
});

test.each([
  [200, { allow: false, reason: 'no' }, '', 'deny'],
  [200, { verdict: { decision: 'allow' } }, 'verdict', 'allow'],
  [200, { other: 1 }, '', 'error'],
  [200, {}, 'verdict', 'error'],
  [403, { allow: true }, '', 'error'],
])('by its body, status %i with %j at "%s" is %s', async (status, body, at, effect) => {
  const service = await aService(always(status, body));
  const { ask } = await anAdapter('webhook', { url: service.url, decideBy: 'body', at });
  expect((await ask()).effect).toBe(effect);
});

async function gate(status: number, options = {}, changes = {}) {
  const service = await aService(always(status, 'p99 is too high'));
  const adapter = await anAdapter('webhook', { url: service.url, asks: 'roll-outs', ...options }, changes);
  return { service, ...adapter, gate: () => adapter.chain.gate('pipeline', GATE) };
}

test('a gate advances on 2xx and gets the figures of the gate; actions are not its business', async () => {
  const { service, chain, gate: ask, ask: decide, events } = await gate(202);
  expect(await ask()).toMatchObject({ ruling: 'advance' });
  expect(JSON.parse(service.received[0]?.text ?? '')).toEqual(GATE);
  await decide();
  expect(service.received).toHaveLength(1);
  expect(events()).toMatchObject([{ about: 'gate', answer: { effect: 'advance' } }]);
  expect(chain.rolloutPlan('pipeline')).toBeNull();
});

test('anything else halts it, and one halt more than is allowed rolls it back', async () => {
  const { gate: ask } = await gate(500, { failuresAllowed: 1 });
  expect(await ask()).toMatchObject({
    ruling: 'hold',
    reason: 'it answered with status 500: p99 is too high',
  });
  expect(await ask()).toMatchObject({ ruling: 'roll-back' });
});

test('a gate that is gone halts, even where the profile says open', async () => {
  const { service, gate: ask, events } = await gate(200, {}, { onFailure: 'open' });
  await service.stop();
  expect(await ask()).toMatchObject({ ruling: 'hold' });
  expect(await ask()).toMatchObject({ ruling: 'roll-back' });
  expect(events()[0]).toMatchObject({ answer: { effect: 'error', fault: 'unreachable' }, countedAs: 'hold' });
});

test('a Flagger hook gets the body that Flagger sends', async () => {
  const { service, gate: ask } = await gate(200, {
    body: 'flagger',
    namespace: 'shop',
    metadata: { cmd: 'x' },
  });
  await ask();
  expect(JSON.parse(service.received[0]?.text ?? '')).toEqual({
    name: 'pricing-na',
    namespace: 'shop',
    phase: 'Progressing',
    checksum: 'pricing-tiered',
    metadata: { cmd: 'x' },
  });
});
