import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RoutingBoard } from './routing-board.ts';
import type { RoutingTable } from './routing-table.ts';

const PARTIES = { payment: [{ url: 'http://payment', weight: 1 }] };
const IDS = ['pricing-1', 'pricing-2', 'checkout-3', 'checkout-4'];

test('whatever is ordered, everybody has the table that follows from it once it is settled', async () => {
  const id = fc.constantFrom(...IDS);
  const order = fc.oneof(
    fc.record({ add: id }),
    fc.record({ remove: id }),
    fc.record({ weigh: id, weight: fc.nat(2) }),
    fc.record({ cut: fc.boolean() }),
    fc.record({ settle: fc.constant(true) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(order, { maxLength: 30 }), async orders => {
      const board = new RoutingBoard(PARTIES);
      const told = new Map<string, RoutingTable>();
      const weights = new Map<string, number>();
      let isCut = false;
      board.addEdge('na', async table => void told.set('edge', table));
      for (const one of orders) {
        if ('add' in one && !weights.has(one.add)) {
          weights.set(one.add, 0);
          board.addInstance(one.add, slotOf(one.add), urlOf(one.add), async t => void told.set(one.add, t));
        }
        if ('remove' in one) {
          weights.delete(one.remove);
          board.removeInstance(one.remove);
        }
        if ('weigh' in one && weights.has(one.weigh)) weights.set(one.weigh, one.weight);
        if ('weigh' in one) board.weigh(one.weigh, one.weight);
        if ('cut' in one) {
          isCut = one.cut;
          board.cut('na', 'checkout', 'pricing', isCut);
        }
        if ('settle' in one) await board.settle();
      }
      await board.settle();
      expect(weightsIn(told.get('edge'))).toEqual(positive(weights));
      for (const member of weights.keys()) {
        const table = told.get(member);
        expect(weightsIn(table)).toEqual(positive(weights));
        expect(table?.routes.payment).toEqual(PARTIES.payment);
        expect(table?.cuts).toEqual(isCut && member.startsWith('checkout') ? ['pricing'] : []);
      }
    }),
  );
});

test('other environments and regions keep their own routes', async () => {
  const board = new RoutingBoard(PARTIES);
  const told = new Map<string, RoutingTable>();
  for (const [environment, region] of [
    ['production', 'na'],
    ['production', 'eu'],
    ['staging', 'na'],
  ] as const) {
    const id = `${environment} ${region}`;
    const slot = { slot: `${environment}:pricing/${region}`, environment, region, service: 'pricing' };
    board.addInstance(id, slot, urlOf(id), async table => void told.set(id, table));
    board.weigh(id, 1);
  }
  await board.settle();
  for (const [id, table] of told) expect(table.routes.pricing).toEqual([{ url: urlOf(id), weight: 1 }]);
});

test('who cannot be told is known when it is settled, once, and the others are told all the same', async () => {
  const board = new RoutingBoard({});
  let tables = 0;
  board.addInstance('pricing-1', slotOf('pricing-1'), urlOf('pricing-1'), async () => {
    throw new Error('it is gone');
  });
  board.addEdge('na', async () => void tables++);
  await board.told();
  await expect(board.settle()).rejects.toThrow('it is gone');
  await board.settle();
  expect(tables).toBe(1);
});

function slotOf(id: string) {
  const service = id.split('-')[0] ?? '';
  return { slot: `production:${service}/na`, environment: 'production', region: 'na', service };
}

function urlOf(id: string): string {
  return `http://${id.replace(' ', '.')}`;
}

function weightsIn(table: RoutingTable | undefined): Record<string, number> {
  const { payment: _, ...own } = table?.routes ?? {};
  const routes = Object.values(own).flat();
  return Object.fromEntries(routes.map(({ url, weight }) => [url.slice('http://'.length), weight]));
}

function positive(weights: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...weights].filter(([, weight]) => weight > 0));
}
