import { expect, test } from 'vitest';
import { SHOP } from '../../../fixtures/data/shop.ts';
import { createRealClock } from '../../cli/real-clock.ts';
import { createControlPlane } from '../../control-plane/control-plane.ts';
import { createJournal, memorySink } from '../../journal/writer.ts';
import { createRng } from '../../kernel/rng.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import type { GuardrailChain } from '../../ports/guardrail-chain.ts';
import { openCatalogue } from '../../scenario/catalogue.ts';
import { createNodeFileReader } from '../../scenario/node-file-reader.ts';
import { loadBuilds } from '../load-builds.ts';
import { startLocalStack } from './local-stack.ts';

const NO_GUARDRAILS: GuardrailChain = {
  rule: async () => ({ decision: 'allowed', by: [], reason: 'no guardrail' }),
  carriedOut: () => 0,
  rolloutPlan: () => null,
  gate: async () => ({ ruling: 'advance', by: null, reason: 'no guardrail' }),
  watch: async () => [],
  close: async () => undefined,
};

test('a person from outside buys in the whole company, and the order is in the database', async () => {
  const { value: world } = openCatalogue(createNodeFileReader('.'), ['scenarios']).find('World', 'retail');
  const builds = await loadBuilds(['fixtures/retail', 'fixtures/builds']);
  const rng = createRng('whole-world');
  const stack = await startLocalStack({ world, rng, real: createRealClock() });
  try {
    const clock = new VirtualClock();
    const plane = createControlPlane({
      context: { clock, rng, journal: createJournal(clock, memorySink()), world },
      stack,
      chain: NO_GUARDRAILS,
      builds,
      checks: new Map(),
      forbidden: [],
      newId: prefix => prefix,
    });
    await plane.startWorld();
    plane.close();

    const shop = stack.edges().na ?? '';
    const order = await buy(shop);
    const rows = await stack.observe(
      'production:checkout/na',
      `select id, total_cents from orders where id = '${order.orderId}'`,
    );
    expect(rows).toEqual([{ id: order.orderId, total_cents: order.totalCents }]);
    await stack.settle();
    expect(stack.scrape().ordersByRegion).toEqual({ na: 1 });

    const month = SHOP.months[0];
    const costs = await fetch(
      `${stack.edges()['cn-north-1']}/costs?account=${SHOP.accounts[0]}&month=${month}`,
    );
    expect(await costs.json()).toMatchObject({ totalCents: expect.any(Number) });
  } finally {
    await stack.stopAll();
  }
});

/** What a shopper does to buy the first product, over plain HTTP. */
async function buy(shop: string): Promise<{ orderId: string; totalCents: number }> {
  const { id, password } = SHOP.customer('na', 0.5);
  const { token } = await post(`${shop}/api/sessions`, '', { customerId: id, password });
  const { cartId } = await post(`${shop}/api/carts`, token, {});
  await post(`${shop}/api/carts/${cartId}/lines`, token, { productId: SHOP.productIds[0], quantity: 2 });
  return post(`${shop}/api/orders`, token, {
    cartId,
    payment: { card: 'card-1' },
    idempotencyKey: 'key-1',
  });
}

async function post(
  url: string,
  token: unknown,
  body: object,
): Promise<{ orderId: string; totalCents: number; token: string; cartId: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return JSON.parse(text);
}
