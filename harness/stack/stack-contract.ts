import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert/strict';
import type { SlotSpec, StartedStack } from '../ports/stack.ts';
import { contractBuild, FRONT, SHELF } from './contract-service.ts';

/**
 * A stack to be tried, with nothing in it yet. Its world has the services of `contract-service.ts` with pools of
 * `POOL_MAX` and `IDLE_TIMEOUT_MS`, the regions `east` and `west`, and `SERVICE_CONNECTIONS` database connections a
 * region for services.
 */
export interface StackBed {
  readonly stack: StartedStack;
  /** Lets time pass until the work has ended. */
  perform<T>(work: () => Promise<T>): Promise<T>;
  /** Lets the services' time pass. */
  pass(durationMs: number): Promise<void>;
}

export const POOL_MAX = 4;
export const SERVICE_CONNECTIONS = 5;
/** After which a pool closes a connection that nobody used. */
export const IDLE_TIMEOUT_MS = 30_000;

export interface ContractCase {
  readonly name: string;
  run(bed: StackBed): Promise<void>;
}

/** What every stack must do, whatever it is made of. Each case wants a stack of its own. */
export const STACK_CONTRACT: readonly ContractCase[] = [
  {
    name: 'a destroyed slot is gone with its rows, and a new one in its place is empty',
    run: async bed => {
      const { stack } = bed;
      await bed.perform(async () => {
        const id = await startCell(bed, SHELF, 'east');
        await stack.destroy(slotOf(SHELF, 'east'));
        deepStrictEqual(stack.slots(), []);
        strictEqual(await stack.observe(slotOf(SHELF, 'east'), 'select id from items'), null);
        await rejects(stack.warm(id));
        await rejects(stack.call(slotOf(SHELF, 'east'), new Request('http://shelf/items')));
        await stack.provision(specOf(SHELF, 'east'), contractBuild(SHELF));
        deepStrictEqual(await stack.observe(slotOf(SHELF, 'east'), 'select id from items'), []);
      });
    },
  },
  {
    name: 'a slot that exists cannot be provisioned again',
    run: bed =>
      bed.perform(async () => {
        await startCell(bed, SHELF, 'east');
        await rejects(bed.stack.provision(specOf(SHELF, 'east'), contractBuild(SHELF)), /exists/);
        strictEqual(await rowsIn(bed, SHELF, 'east'), 3);
      }),
  },
  {
    name: 'the services of a region share its connections, and other regions have their own',
    run: async bed => {
      await bed.perform(async () => {
        await startCell(bed, SHELF, 'east');
        await startCell(bed, FRONT, 'east');
        await startCell(bed, SHELF, 'west');
        for (let leak = 0; leak < POOL_MAX; leak++) await call(bed, SHELF, 'east', '/leak');
      });
      // One after the other: a server that counts who is still knocking may refuse both.
      strictEqual(await bed.perform(() => call(bed, FRONT, 'east', '/leak')), 200);
      strictEqual(await bed.perform(() => call(bed, FRONT, 'east', '/leak')), 500);
      strictEqual(await bed.perform(() => call(bed, SHELF, 'west', '/items')), 200);
    },
  },
  {
    name: 'leaked connections starve the requests that come after, until the instance is stopped',
    run: async bed => {
      await bed.perform(async () => {
        const id = await startCell(bed, SHELF, 'east');
        for (let leak = 0; leak < POOL_MAX; leak++) await call(bed, SHELF, 'east', '/leak');
        strictEqual(await call(bed, SHELF, 'east', '/items'), 500);
        await bed.stack.stop(id);
        await startInstance(bed, SHELF, 'east', 'second');
        for (let leak = 0; leak < POOL_MAX; leak++) strictEqual(await call(bed, SHELF, 'east', '/leak'), 200);
      });
    },
  },
  {
    name: 'unused connections are given back after the idle time',
    run: async bed => {
      const fill = async (service: string) =>
        Promise.all(Array.from({ length: POOL_MAX }, () => call(bed, service, 'east', '/items')));
      await bed.perform(async () => {
        await startCell(bed, SHELF, 'east');
        await startCell(bed, FRONT, 'east');
      });
      deepStrictEqual(await bed.perform(() => fill(SHELF)), [200, 200, 200, 200]);
      await bed.pass(IDLE_TIMEOUT_MS + 1_000);
      deepStrictEqual(await bed.perform(() => fill(FRONT)), [200, 200, 200, 200]);
    },
  },
  {
    name: 'a cut link fails calls between the two services and no others, until it is mended',
    run: bed =>
      bed.perform(async () => {
        for (const region of ['east', 'west']) {
          for (const service of [SHELF, FRONT]) await startCell(bed, service, region);
        }
        bed.stack.cut('east', FRONT, SHELF, true);
        strictEqual(await call(bed, FRONT, 'east', '/via'), 502);
        strictEqual(await call(bed, FRONT, 'west', '/via'), 200);
        strictEqual(await call(bed, SHELF, 'east', '/items'), 200);
        bed.stack.cut('east', FRONT, SHELF, false);
        strictEqual(await call(bed, FRONT, 'east', '/via'), 200);
      }),
  },
  {
    name: 'a dump survives its slot, keeps what it held when it was taken, and can be restored elsewhere',
    run: bed =>
      bed.perform(async () => {
        const { stack } = bed;
        await startCell(bed, SHELF, 'east');
        const before = await stack.observe(slotOf(SHELF, 'east'), 'select * from items order by id');
        const dump = await stack.dump(slotOf(SHELF, 'east'));
        strictEqual((await stack.sql(slotOf(SHELF, 'east'), 'delete from items')).changed, 3);
        strictEqual(await rowsIn(bed, SHELF, 'east'), 0);
        await stack.destroy(slotOf(SHELF, 'east'));
        await startCell(bed, SHELF, 'west');
        await stack.sql(slotOf(SHELF, 'west'), "insert into items (id, amount) values ('late', 1)");
        await stack.restore(slotOf(SHELF, 'west'), dump);
        deepStrictEqual(
          await stack.observe(slotOf(SHELF, 'west'), 'select * from items order by id'),
          before,
        );
        strictEqual(await call(bed, SHELF, 'west', '/items'), 200);
        await rejects(stack.restore(slotOf(SHELF, 'west'), 'no-such-dump'));
      }),
  },
  {
    name: 'what is written after a dump is in the next one',
    run: bed =>
      bed.perform(async () => {
        const { stack } = bed;
        await startCell(bed, SHELF, 'east');
        await stack.dump(slotOf(SHELF, 'east'));
        await call(bed, SHELF, 'east', '/add');
        const later = await stack.dump(slotOf(SHELF, 'east'));
        await stack.sql(slotOf(SHELF, 'east'), 'delete from items');
        await stack.restore(slotOf(SHELF, 'east'), later);
        strictEqual(await rowsIn(bed, SHELF, 'east'), 4);
      }),
  },
  {
    name: 'visits go to instances by weight, and to none of weight zero',
    run: bed =>
      bed.perform(async () => {
        const first = await startCell(bed, FRONT, 'east');
        const second = await startInstance(bed, FRONT, 'east', 'second');
        bed.stack.weigh(first, 0);
        bed.stack.weigh(second, 3);
        deepStrictEqual(Object.keys(await visits(bed, 30)), ['second']);
        bed.stack.weigh(first, 1);
        const counts = await visits(bed, 400);
        const share = (counts.second ?? 0) / 400;
        ok(share > 0.65 && share < 0.85, `three quarters were meant to go there, and ${share} did`);
      }),
  },
  {
    name: 'a shopper gets an answer that names the service when no instance takes traffic',
    run: bed =>
      bed.perform(async () => {
        const response = await bed.stack.visit('east', new Request('http://shop/api/who'));
        strictEqual(response.status, 502);
        match(await response.text(), /storefront/);
      }),
  },
  {
    name: 'observing only reads',
    run: bed =>
      bed.perform(async () => {
        await startCell(bed, SHELF, 'east');
        await rejects(bed.stack.observe(slotOf(SHELF, 'east'), 'delete from items'));
        strictEqual(await rowsIn(bed, SHELF, 'east'), 3);
      }),
  },
  {
    name: 'orders are counted by region at the edge, and a scrape starts anew',
    run: async bed => {
      await bed.perform(async () => {
        await startCell(bed, FRONT, 'east');
        const order = () =>
          new Request('http://shop/api/orders', { method: 'POST', body: '{"of":"apples"}' });
        const answer = await bed.stack.visit('east', order());
        deepStrictEqual([answer.status, await answer.json()], [201, { of: 'apples' }]);
        await bed.stack.visit('east', order());
      });
      deepStrictEqual(bed.stack.scrape().ordersByRegion, { east: 2 });
      deepStrictEqual(bed.stack.scrape().ordersByRegion, {});
    },
  },
  {
    name: 'when all is stopped nothing is left, and it can be stopped again',
    run: bed =>
      bed.perform(async () => {
        await startCell(bed, SHELF, 'east');
        const dump = await bed.stack.dump(slotOf(SHELF, 'east'));
        await bed.stack.stopAll();
        deepStrictEqual(bed.stack.slots(), []);
        await rejects(bed.stack.call(slotOf(SHELF, 'east'), new Request('http://shelf/items')));
        await rejects(bed.stack.restore(slotOf(SHELF, 'east'), dump));
        await bed.stack.stopAll();
      }),
  },
  {
    name: 'requests are counted by build, and a scrape starts anew',
    run: async bed => {
      await bed.perform(async () => {
        await startCell(bed, SHELF, 'east');
        await call(bed, SHELF, 'east', '/items');
        await call(bed, SHELF, 'east', '/broken');
      });
      const [cell] = bed.stack.scrape().cells;
      deepStrictEqual([cell?.cell, cell?.requests, cell?.errors], [`${SHELF}/east`, 2, 1]);
      deepStrictEqual(bed.stack.scrape().cells, []);
    },
  },
];

function slotOf(service: string, region: string): string {
  return `production:${service}/${region}`;
}

function specOf(service: string, region: string): SlotSpec {
  return { slot: slotOf(service, region), environment: 'production', service, region };
}

/** Provisions and seeds a slot, and starts one warm instance with weight 1. */
async function startCell(bed: StackBed, service: string, region: string, name = 'first'): Promise<string> {
  await bed.stack.provision(specOf(service, region), contractBuild(service));
  await bed.stack.seed(slotOf(service, region), contractBuild(service));
  return startInstance(bed, service, region, name);
}

async function startInstance(
  { stack }: StackBed,
  service: string,
  region: string,
  name: string,
): Promise<string> {
  const id = await stack.start({
    slot: slotOf(service, region),
    build: contractBuild(service),
    config: { name },
  });
  await stack.warm(id);
  stack.weigh(id, 1);
  return id;
}

async function call({ stack }: StackBed, service: string, region: string, path: string): Promise<number> {
  return (await stack.call(slotOf(service, region), new Request(`http://${service}${path}`))).status;
}

async function rowsIn({ stack }: StackBed, service: string, region: string): Promise<number | undefined> {
  return (await stack.observe(slotOf(service, region), 'select id from items'))?.length;
}

/** Visits by the instance that answered. */
async function visits({ stack }: StackBed, count: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let visit = 0; visit < count; visit++) {
    const response = await stack.visit('east', new Request('http://shop/api/who'));
    const { name } = (await response.json()) as { name: string };
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
