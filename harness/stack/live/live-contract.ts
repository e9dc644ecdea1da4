import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import type { LiveStack } from '../../ports/live-stack.ts';
import { contractBuild, FRONT, NAP_MS, SHELF } from '../contract-service.ts';
import { POOL_MAX } from '../stack-contract.ts';

export interface LiveCase {
  readonly name: string;
  run(stack: LiveStack): Promise<void>;
}

/** What every live stack must do besides the stack contract, in the same world. Each case wants a stack of its own. */
export const LIVE_CONTRACT: readonly LiveCase[] = [
  {
    name: 'anybody can reach each region’s edge at its own address',
    run: async stack => {
      deepStrictEqual(Object.keys(stack.edges()).sort(), ['east', 'west']);
      await startCell(stack, FRONT, 'east');
      const answer = await fetch(`${stack.edges().east}/api/who`);
      deepStrictEqual([answer.status, await answer.json()], [200, { name: 'first' }]);
      const nobody = await fetch(`${stack.edges().west}/api/who`);
      deepStrictEqual([nobody.status, await nobody.json()], [502, { error: 'bad-gateway', owner: FRONT }]);
    },
  },
  {
    name: 'services read the world’s time, which goes on at real pace and never back',
    run: async stack => {
      await startCell(stack, FRONT, 'east');
      await stack.setWorldTime(10 * NAP_MS);
      const first = await timeIn(stack);
      ok(first >= 10 * NAP_MS && first < 11 * NAP_MS, `it read ${first}`);
      await stack.setWorldTime(5 * NAP_MS);
      ok((await timeIn(stack)) >= first);
      await startCell(stack, SHELF, 'west');
      ok((await timeIn(stack, SHELF, 'west')) >= first, 'an instance that starts later reads the same time');
    },
  },
  {
    name: 'time that is told in some regions holds there, and elsewhere as soon as it is told there as well',
    run: async stack => {
      await startCell(stack, FRONT, 'east');
      await startCell(stack, SHELF, 'west');
      await stack.setWorldTime(10 * NAP_MS, ['east']);
      ok((await timeIn(stack)) >= 10 * NAP_MS);
      await stack.setWorldTime(0, ['west']);
      ok((await timeIn(stack, SHELF, 'west')) >= 10 * NAP_MS);
    },
  },
  {
    name: 'a service’s timer fires when the world’s time passes it',
    run: async stack => {
      await startCell(stack, FRONT, 'east');
      const nap = stack.visit('east', new Request('http://shop/nap'));
      await untilNapping(stack, FRONT);
      await stack.setWorldTime((await timeIn(stack)) + NAP_MS);
      strictEqual((await nap).status, 200);
    },
  },
  {
    name: 'a cut breaks the connections that are open',
    run: async stack => {
      await startCell(stack, FRONT, 'east');
      await startCell(stack, SHELF, 'east');
      const broken = stack.call(slotOf(FRONT, 'east'), new Request('http://front/via-nap'));
      await untilNapping(stack, SHELF);
      stack.cut('east', FRONT, SHELF, true);
      strictEqual((await broken).status, 502);
    },
  },
  {
    name: 'connections are counted by database server',
    run: async stack => {
      await startCell(stack, SHELF, 'east');
      const before = (await stack.connections())['production/east'] ?? 0;
      const leaks = Array.from({ length: POOL_MAX }, () => get(stack, slotOf(SHELF, 'east'), '/leak'));
      deepStrictEqual(await Promise.all(leaks), [200, 200, 200, 200]);
      const after = (await stack.connections())['production/east'] ?? 0;
      ok(before <= 1 && after === POOL_MAX, `there were ${before}, and then ${after}`);
      await stack.destroy(slotOf(SHELF, 'east'));
      strictEqual((await stack.connections())['production/east'] ?? 0, 0);
    },
  },
  {
    name: 'a request that waits is broken off when its slot is destroyed, and the edge says who failed',
    run: async stack => {
      await startCell(stack, FRONT, 'east');
      const nap = stack.visit('east', new Request('http://shop/nap'));
      await untilNapping(stack, FRONT);
      await stack.destroy(slotOf(FRONT, 'east'));
      const answer = await nap;
      deepStrictEqual([answer.status, await answer.json()], [502, { error: 'bad-gateway', owner: FRONT }]);
    },
  },
  {
    name: 'what edges and instances counted is there once it is settled',
    run: async stack => {
      await startCell(stack, FRONT, 'east');
      await fetch(`${stack.edges().east}/api/orders`, { method: 'POST', body: '{}' });
      await stack.settle();
      const { cells, ordersByRegion } = stack.scrape();
      deepStrictEqual([cells[0]?.requests, ordersByRegion], [1, { east: 1 }]);
    },
  },
  {
    name: 'a request that is too large is refused at the edge',
    run: async stack => {
      await startCell(stack, FRONT, 'east');
      const body = JSON.stringify({ much: 'x'.repeat(2_000_000) });
      const request = new Request('http://shop/api/orders', { method: 'POST', body });
      const status = await stack.visit('east', request).then(
        answer => answer.status,
        // The edge may end the connection before the whole body is sent.
        () => 413,
      );
      strictEqual(status, 413);
      await stack.settle();
      deepStrictEqual(stack.scrape().ordersByRegion, {});
    },
  },
  {
    name: 'no port answers when all is stopped',
    run: async stack => {
      await startCell(stack, FRONT, 'east');
      const url = stack.edges().east ?? '';
      await stack.stopAll();
      deepStrictEqual(stack.edges(), {});
      await rejects(fetch(`${url}/api/who`));
      await rejects(startCell(stack, FRONT, 'east'));
    },
  },
];

function slotOf(service: string, region: string): string {
  return `production:${service}/${region}`;
}

async function startCell(stack: LiveStack, service: string, region: string): Promise<void> {
  const build = contractBuild(service);
  const slot = slotOf(service, region);
  await stack.provision({ slot, environment: 'production', service, region }, build);
  await stack.seed(slot, build);
  const id = await stack.start({ slot, build, config: { name: 'first' } });
  await stack.warm(id);
  stack.weigh(id, 1);
  await stack.settle();
}

async function get(stack: LiveStack, slot: string, path: string): Promise<number> {
  return (await stack.call(slot, new Request(`http://service${path}`))).status;
}

/** Waits until a request sleeps in the service in the east. */
async function untilNapping(stack: LiveStack, service: string): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    const answer = await stack.call(slotOf(service, 'east'), new Request('http://service/api/time'));
    if (((await answer.json()) as { naps: number }).naps > 0) return;
  }
  throw new Error(`no request to ${service} went to sleep`);
}

/** What a service reads on its clock. */
async function timeIn(stack: LiveStack, service = FRONT, region = 'east'): Promise<number> {
  const answer = await stack.call(slotOf(service, region), new Request('http://service/api/time'));
  return ((await answer.json()) as { nowMs: number }).nowMs;
}
