import { expect, test } from 'vitest';
import { companyForTest, MINUTE_MS } from './testing/company-for-test.ts';

const NA = 'production:shop/na';
const EU = 'production:shop/eu';

test('a push reaches every cell in scope at the same moment, without a bake', async () => {
  const company = await companyForTest();
  const outcome = await company.ask({
    verb: 'config.push',
    door: 'configuration',
    resource: 'shop/*',
    params: { set: { build: 'shop-zeroing', mode: 'new' } },
  });
  expect(outcome).toMatchObject({ status: 'done', output: { pushed: [NA, EU] } });
  expect(company.clock.nowMs()).toBe(11 * MINUTE_MS);
  expect(company.plane.isLive(NA, 'shop-zeroing')).toBe(true);
  expect(company.plane.isLive(EU, 'shop-zeroing')).toBe(true);
  expect(company.stack.configs(EU)).toEqual([{ mode: 'new' }, { mode: 'new' }]);
  expect(company.events('rollout-step')).toHaveLength(0);
  expect(company.carriedOut[0]).toMatchObject({
    buildDigest: expect.stringMatching(/^sha256:/),
    footprint: { trafficShare: 1, rollsOut: true, cells: ['shop/na', 'shop/eu'] },
  });
});

test('waves imposed at the door make a push go by waves, behind gates', async () => {
  const company = await companyForTest({
    script: { rolloutPlan: { waves: [0.1, 1], bakeMs: 5 * MINUTE_MS } },
  });
  company.script.gate = () => ({ ruling: 'roll-back', by: 'canary', reason: 'errors' });
  const outcome = await company.ask({
    verb: 'config.push',
    door: 'configuration',
    resource: 'shop/*',
    params: { set: { build: 'shop-zeroing' } },
  });
  expect(outcome.status).toBe('failed');
  expect(company.carriedOut[0]?.footprint.trafficShare).toBeCloseTo(0.1);
  expect(company.plane.isLive(NA, 'shop-stable')).toBe(true);
  expect(company.plane.isLive(EU, 'shop-stable')).toBe(true);
});

test('reverts undo pushes one by one: keys and pinned build', async () => {
  const company = await companyForTest();
  const push = (set: object) => company.ask({ verb: 'config.push', resource: 'shop/na', params: { set } });
  await push({ mode: 'new', limit: 5 });
  await push({ build: 'shop-next', limit: 6 });
  expect(company.plane.configOf(NA)).toEqual({ mode: 'new', limit: 6 });
  const revert = () => company.ask({ verb: 'config.revert', resource: 'shop/na' });
  await revert();
  expect(company.plane.isLive(NA, 'shop-stable')).toBe(true);
  expect(company.stack.configs(NA)[0]).toEqual({ mode: 'new', limit: 5 });
  await revert();
  expect(company.plane.configOf(NA)).toEqual({ mode: 'plain' });
  expect(await revert()).toEqual({
    status: 'failed',
    reason: 'no configuration push is in force on production:shop/na',
  });
});

test('a revert after a roll-back of the pinned build leaves the build alone', async () => {
  const company = await companyForTest();
  await company.ask({
    verb: 'config.push',
    resource: 'shop/na',
    params: { set: { build: 'shop-next', limit: 1 } },
  });
  await company.ask({ verb: 'rollout.rollback', resource: 'shop/na' });
  expect(company.plane.configOf(NA)).toEqual({ mode: 'plain', limit: 1 });
  await company.ask({ verb: 'config.revert', resource: 'shop/na' });
  expect(company.plane.isLive(NA, 'shop-stable')).toBe(true);
  expect(company.plane.configOf(NA)).toEqual({ mode: 'plain' });
});

test('a flag is a setting that takes no time, and can be reverted', async () => {
  const company = await companyForTest();
  await company.ask({ verb: 'flag.set', resource: 'shop/na', params: { flag: 'new-cart', value: true } });
  expect(company.plane.configOf('shop/na')).toEqual({ mode: 'plain', 'flag.new-cart': true });
  expect(company.stack.configs(NA)[0]).toEqual({ mode: 'plain', 'flag.new-cart': true });
  expect(company.clock.nowMs()).toBe(0);
  await company.ask({ verb: 'config.revert', resource: 'shop/na' });
  expect(company.plane.configOf(NA)).toEqual({ mode: 'plain' });
});

test('a pinned build must be one of the service, and outlives nothing it should not', async () => {
  const company = await companyForTest();
  const wrong = await company.ask({
    verb: 'config.push',
    resource: 'stock/na',
    params: { set: { build: 'shop-next' } },
  });
  expect(wrong).toMatchObject({
    status: 'failed',
    reason: 'shop-next is a build of shop, which is not meant here',
  });
  expect(company.plane.configOf('toys/na')).toBeNull();
});

test('a build that does not become warm is pushed all the same, cold, and the answer says so', async () => {
  const company = await companyForTest();
  const outcome = await company.ask({
    verb: 'config.push',
    resource: 'shop/na',
    params: { set: { build: 'shop-cold' } },
  });
  expect(outcome).toMatchObject({
    status: 'done',
    output: { cold: [expect.any(String), expect.any(String)] },
  });
  expect(company.plane.isLive(NA, 'shop-cold')).toBe(false);
  expect((await company.ask({ verb: 'rollout.rollback', resource: 'shop/na' })).status).toBe('done');
  expect(company.plane.isLive(NA, 'shop-stable')).toBe(true);
});
