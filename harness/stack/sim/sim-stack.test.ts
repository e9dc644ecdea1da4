import { expect, test } from 'vitest';
import { createRng } from '../../kernel/rng.ts';
import { runToEnd, VirtualClock } from '../../kernel/virtual-clock.ts';
import { contractBuild, SHELF } from '../contract-service.ts';
import { STACK_CONTRACT, type StackBed } from '../stack-contract.ts';
import { contractWorld } from '../testing/contract-world.ts';
import { createSeedCache, type SeedCache } from './seed-cache.ts';
import { SimStack } from './sim-stack.ts';

function openBed(seeds: SeedCache = createSeedCache()): StackBed {
  const clock = new VirtualClock();
  const stack = new SimStack({
    clock,
    rng: createRng('contract'),
    world: contractWorld(),
    thirdParties: { fetch: async () => new Response(null, { status: 404 }) },
    thirdPartyHosts: new Set(),
    seeds,
  });
  return {
    stack,
    perform: work => runToEnd(clock, work),
    pass: async durationMs => {
      await clock.run({ untilMs: clock.nowMs() + durationMs, maxTasks: 1_000_000 });
    },
  };
}

for (const { name, run } of STACK_CONTRACT) test(name, () => run(openBed()));

test('a database filled from the cache equals one that was filled anew, and shares nothing with it', async () => {
  const seeds = createSeedCache();
  const slot = `production:${SHELF}/east`;
  const spec = { slot, environment: 'production', service: SHELF, region: 'east' };
  const fill = async (bed: StackBed) => {
    await bed.stack.provision(spec, contractBuild(SHELF));
    await bed.stack.seed(slot, contractBuild(SHELF));
    return bed.stack;
  };
  const tables = [
    'select sql from sqlite_master order by name',
    'select * from items',
    'select * from schema_migrations',
  ];
  const contentOf = (stack: StackBed['stack']) =>
    Promise.all(tables.map(query => stack.observe(slot, query)));
  const first = await fill(openBed(seeds));
  const second = await fill(openBed(seeds));
  const alone = await fill(openBed());
  expect(await contentOf(second)).toEqual(await contentOf(alone));
  const bed = openBed(seeds);
  const third = await fill(bed);
  await bed.perform(() => third.sql(slot, 'delete from items'));
  expect(await contentOf(first)).toEqual(await contentOf(alone));
  expect(await contentOf(await fill(openBed(seeds)))).toEqual(await contentOf(alone));
});

test('a database that was touched before it is seeded is filled row by row', async () => {
  const seeds = createSeedCache();
  const slot = `production:${SHELF}/east`;
  const spec = { slot, environment: 'production', service: SHELF, region: 'east' };
  for (const isTouched of [false, true]) {
    const bed = openBed(seeds);
    await bed.stack.provision(spec, contractBuild(SHELF));
    if (isTouched)
      await bed.perform(() => bed.stack.sql(slot, "insert into items (id, amount) values ('early', 9)"));
    await bed.stack.seed(slot, contractBuild(SHELF));
    expect(await bed.stack.observe(slot, 'select id from items order by id')).toHaveLength(isTouched ? 4 : 3);
  }
});
