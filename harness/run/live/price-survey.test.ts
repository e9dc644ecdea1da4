import { expect, test } from 'vitest';
import { jsonAnswer } from '../../../fixtures/retail/kit/light-response.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { surveyPrices } from './price-survey.ts';
import { worldForTest } from './testing/world-for-test.ts';

const PER_PAGE = 20;
const productIds = Array.from({ length: 45 }, (_, index) => `p-${index}`);

/** A shop with a page that does not come, and a product without a price. */
function visitTo({ broken = 0, stopAfter = Infinity } = {}) {
  const asked: string[] = [];
  const visit = async (region: string, { url }: Request) => {
    const { pathname, searchParams } = new URL(url);
    asked.push(`${region} ${pathname}`);
    const page = Number(searchParams.get('page'));
    if (page === broken) return jsonAnswer({ error: 'no-price' }, 503);
    const products = productIds
      .slice((page - 1) * PER_PAGE, page * PER_PAGE)
      .map(id => ({ id, priceCents: id === 'p-7' ? null : region.length * 100 + productIds.indexOf(id) }));
    return products.length === 0 ? jsonAnswer({ error: 'no-such-page' }, 404) : jsonAnswer({ products });
  };
  const real = new VirtualClock();
  const world = worldForTest();
  return { asked, deps: { real, world, productIds, visit, stopRequested: () => asked.length >= stopAfter } };
}

test('every product with a price is found in each region, a page at a time', async () => {
  const { asked, deps } = visitTo();
  const prices = await surveyPrices(['na', 'asia'], deps);
  expect([...prices.keys()]).toEqual(['na', 'asia']);
  expect(prices.get('na')?.size).toBe(44);
  expect([prices.get('na')?.get('p-44'), prices.get('asia')?.get('p-44')]).toEqual([244, 444]);
  expect(prices.get('na')?.has('p-7')).toBe(false);
  expect(asked).toHaveLength(6);
});

test('a page that does not come costs its own products and no others', async () => {
  const { deps } = visitTo({ broken: 2 });
  const prices = (await surveyPrices(['na'], deps)).get('na');
  expect(prices?.size).toBe(24);
  expect(prices?.has('p-44')).toBe(true);
});

test('a stop that is asked for ends it at the next page', async () => {
  const { asked, deps } = visitTo({ stopAfter: 1 });
  await surveyPrices(['na'], deps);
  expect(asked).toHaveLength(1);
});
