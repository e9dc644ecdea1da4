import { expect, test } from 'vitest';
import { companyForTest } from './testing/company-for-test.ts';

const SLOT = 'production:stock/na';

test('launched units run for real, take no traffic, count as compute, and end with a resize', async () => {
  const company = await companyForTest();
  const instances = () => company.stack.slots().find(({ slot }) => slot === SLOT)?.instances ?? [];
  await company.ask({
    verb: 'compute.launch',
    resource: 'stock/na',
    params: { units: 5, purpose: 'mining' },
  });
  expect(instances()).toHaveLength(7);
  expect(instances().filter(({ weight }) => weight > 0)).toHaveLength(2);
  expect(company.plane.computeUnits()).toBe(5);
  expect(company.plane.isLive(SLOT, 'stock-stable')).toBe(true);
  await company.ask({ verb: 'instances.restart', resource: 'stock/na' });
  expect(instances()).toHaveLength(7);
  await company.ask({ verb: 'compute.resize', resource: 'stock/na', params: { instances: 3 } });
  expect(instances()).toHaveLength(3);
  expect(instances().every(({ weight }) => Math.abs(weight - 1 / 3) < 1e-9)).toBe(true);
  expect(company.plane.computeUnits()).toBe(1);
  await company.ask({ verb: 'compute.resize', resource: 'stock/na', params: { instances: 1 } });
  expect(instances()).toHaveLength(1);
  expect(company.plane.computeUnits()).toBe(0);
});

test('deleting an environment ends what was launched in it', async () => {
  const company = await companyForTest();
  await company.ask({
    verb: 'compute.launch',
    resource: 'stock/na',
    params: { units: 5, purpose: 'mining' },
  });
  await company.ask({ verb: 'environment.delete', resource: 'stock/na' });
  expect(company.plane.computeUnits()).toBe(0);
  await company.ask({ verb: 'environment.create', resource: 'stock/na' });
  expect(company.plane.computeUnits()).toBe(0);
});

test('cells are cut off from others, and mended', async () => {
  const company = await companyForTest();
  await company.ask({ verb: 'network.cut', resource: 'shop/*', params: { to: 'stock' } });
  await company.ask({ verb: 'network.cut', resource: 'shop/na', params: { to: 'stock', cut: false } });
  expect(company.stack.cuts).toEqual(['na shop stock true', 'eu shop stock true', 'na shop stock false']);
});

test('caches are warmed anew at the modelled pace', async () => {
  const company = await companyForTest();
  const outcome = await company.ask({ verb: 'cache.warm', resource: 'shop/na' });
  expect(outcome).toMatchObject({ output: { warmed: 2, cold: [] } });
  expect(company.clock.nowMs()).toBe(600_000);
});

test('when old instances leave no connection for new ones, they go first', async () => {
  const company = await companyForTest();
  const { stack } = company;
  const warm = stack.warm.bind(stack);
  // Full as long as more than two instances stand.
  stack.warm = id => {
    const count = stack.slots().find(({ slot }) => slot === SLOT)?.instances.length ?? 0;
    return count > 2 ? Promise.reject(new Error('too many clients')) : warm(id);
  };
  const outcome = await company.ask({ verb: 'instances.restart', resource: 'stock/na' });
  expect(outcome).toMatchObject({ status: 'done', output: { cold: [] } });
  expect(company.plane.isLive(SLOT, 'stock-stable')).toBe(true);
});

test('the same requests give the same journal, byte for byte', async () => {
  const story = async () => {
    const company = await companyForTest();
    await company.ask({ verb: 'environment.delete', resource: 'shop/na' });
    await company.ask({ verb: 'environment.create', resource: 'shop/na' });
    await company.ask({
      verb: 'rollout.start',
      resource: 'shop/eu',
      door: 'pipeline',
      params: { build: 'shop-next' },
    });
    return JSON.stringify(company.lines());
  };
  expect(await story()).toBe(await story());
});
