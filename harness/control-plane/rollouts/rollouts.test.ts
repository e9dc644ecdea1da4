import { expect, test } from 'vitest';
import type { RolloutGate } from '../../ports/guardrail.ts';
import {
  companyForTest,
  ENGINEER,
  HOUR_MS,
  MINUTE_MS,
  type TestCompany,
} from '../testing/company-for-test.ts';

const SLOT = 'production:shop/na';
const START = {
  verb: 'rollout.start',
  resource: 'shop/na',
  door: 'pipeline',
  params: { build: 'shop-next' },
} as const;

function weightOf(company: TestCompany, slot: string, build: string): number {
  const instances = company.stack.slots().find(other => other.slot === slot)?.instances ?? [];
  return instances.filter(one => one.build === build).reduce((sum, { weight }) => sum + weight, 0);
}

function buildsIn(company: TestCompany, slot: string): readonly string[] {
  return (company.stack.slots().find(other => other.slot === slot)?.instances ?? []).map(
    ({ build }) => build,
  );
}

test("the pipeline rolls out by the company's waves, with a gate after each bake, and ends on the new build alone", async () => {
  const gates: RolloutGate[] = [];
  const company = await companyForTest();
  const shares: number[] = [];
  company.script.gate = gate => {
    gates.push(gate);
    const fresh = weightOf(company, SLOT, 'shop-next');
    shares.push(fresh / (fresh + weightOf(company, SLOT, 'shop-stable')));
    return { ruling: 'advance', by: null, reason: 'fine' };
  };
  expect((await company.ask(START)).status).toBe('done');
  expect(gates.map(({ wave, trafficShare, observedMs }) => [wave, trafficShare, observedMs])).toEqual([
    [0, 0.1, 10 * MINUTE_MS],
    [1, 0.5, 10 * MINUTE_MS],
    [2, 1, 10 * MINUTE_MS],
  ]);
  expect(shares.map(share => Math.round(share * 100))).toEqual([10, 50, 100]);
  expect(buildsIn(company, SLOT)).toEqual(['shop-next', 'shop-next']);
  expect(company.plane.isLive(SLOT, 'shop-next')).toBe(true);
  // Its migration ran.
  expect(await company.stack.observe(SLOT, 'select * from notes')).toEqual([]);
  expect(company.events('rollout-step').map(({ step }) => step)).toEqual([
    ...['started', 'baked', 'started', 'baked', 'started', 'baked', 'finished'],
  ]);
  expect(company.stack.openCounts).toBe(0);
});

test('charges of a roll-out add up to its duration: starts, warming, bakes', async () => {
  const company = await companyForTest();
  await company.ask(START);
  const [finished] = company.events('effect-finished');
  const [started] = company.events('effect-started');
  const total = finished?.charged.reduce((sum, { durationMs }) => sum + durationMs, 0);
  expect(total).toBe((finished?.atMs ?? 0) - (started?.atMs ?? 0));
  // Two starts with warming (the first instance serves 10 % and 50 %), three bakes.
  expect(total).toBe(2 * 11 * MINUTE_MS + 3 * 10 * MINUTE_MS);
});

test('the gate is given what the two builds did side by side, and what the old one did before', async () => {
  const company = await companyForTest();
  const gates: RolloutGate[] = [];
  company.script.gate = gate => {
    gates.push(gate);
    return { ruling: 'advance', by: null, reason: '' };
  };
  await company.settle(async () => {
    const end = company.request(START);
    for (let minute = 0; minute < 40; minute++) {
      for (let n = 0; n < 10; n++) await company.stack.visitSlot(SLOT, '/items/item-1');
      await company.clock.sleep(MINUTE_MS);
    }
    await end;
  });
  const [first] = gates;
  expect(first?.before?.build).toBe('shop-stable');
  expect(first?.before?.requests).toBeGreaterThan(50);
  expect(first?.canary).toMatchObject({ build: 'shop-next', cell: 'shop/na', errors: 0 });
  expect(first?.canary?.requests).toBeLessThan(first?.baseline?.requests ?? 0);
});

test('a gate that orders a roll-back gets one: traffic and instances are as before', async () => {
  const company = await companyForTest();
  company.script.gate = ({ wave }) =>
    wave === 1
      ? { ruling: 'roll-back', by: 'canary', reason: 'errors' }
      : { ruling: 'advance', by: null, reason: '' };
  const outcome = await company.ask(START);
  expect(outcome).toEqual({
    status: 'failed',
    reason: 'the roll-out went back in production:shop/na: errors',
  });
  expect(buildsIn(company, SLOT)).toEqual(['shop-stable', 'shop-stable']);
  expect(weightOf(company, SLOT, 'shop-stable')).toBeCloseTo(1);
  expect(company.plane.isLive(SLOT, 'shop-stable')).toBe(true);
  expect(company.events('rollout-step').at(-1)).toMatchObject({ step: 'rolled-back', by: 'canary', wave: 1 });
  expect(company.events('effect-finished')[0]).toMatchObject({ ok: false, changed: true });
});

test('a held wave bakes again; one that is held for ever goes back', async () => {
  const company = await companyForTest();
  company.script.gate = () => ({ ruling: 'hold', by: 'canary', reason: 'too little data' });
  expect((await company.ask(START)).status).toBe('failed');
  expect(company.events('rollout-step').filter(({ step }) => step === 'held')).toHaveLength(13);
  expect(company.plane.isLive(SLOT, 'shop-stable')).toBe(true);
});

test('other doors put a build in place at once, unless waves are asked for or imposed', async () => {
  const shares = async (company: TestCompany, params: object) => {
    await company.ask({ ...START, door: 'console', params: { build: 'shop-next', ...params } });
    return company
      .events('rollout-step')
      .filter(({ step }) => step === 'started')
      .map(step => step.trafficShare);
  };
  expect(await shares(await companyForTest(), {})).toEqual([1]);
  expect(await shares(await companyForTest(), { waves: [0.5], bake: '5m' })).toEqual([0.5, 1]);
  const imposed = { rolloutPlan: { waves: [0.2, 1], bakeMs: MINUTE_MS } };
  expect(await shares(await companyForTest({ script: imposed }), { waves: [0.5], bake: '5m' })).toEqual([
    0.2, 1,
  ]);
  const narrowed = await companyForTest({ script: { ...imposed } });
  narrowed.script.rule = () => ({
    decision: 'narrowed',
    by: ['cap'],
    reason: '',
    constraints: { waves: [0.05, 1], bakeMs: MINUTE_MS },
  });
  expect(await shares(narrowed, {})).toEqual([0.05, 1]);
});

test('the footprint of a roll-out is what its first wave reaches of the service', async () => {
  const company = await companyForTest();
  await company.ask({ ...START, resource: 'shop/*' });
  await company.ask({ ...START, door: 'console', params: { build: 'shop-later' } });
  const shares = company.events('action-requested').map(({ footprint }) => footprint?.trafficShare);
  expect(shares[0]).toBeCloseTo(0.1);
  expect(shares[1]).toBeCloseTo(0.75);
});

test('a wide roll-out goes region by region, and a roll-back leaves the regions after it untouched', async () => {
  const company = await companyForTest();
  company.script.gate = ({ region }) => ({
    ruling: region === 'na' ? 'roll-back' : 'advance',
    by: 'g',
    reason: '',
  });
  await company.ask({ ...START, resource: 'shop/*' });
  expect(company.events('rollout-step').some(({ region }) => region === 'eu')).toBe(false);
  company.script.gate = ({ region }) => ({
    ruling: region === 'eu' ? 'roll-back' : 'advance',
    by: 'g',
    reason: 'bad',
  });
  const outcome = await company.ask({ ...START, resource: 'shop/*' });
  expect(JSON.stringify(outcome)).toContain('it stays in production:shop/na');
  expect(company.plane.isLive(SLOT, 'shop-next')).toBe(true);
  expect(company.plane.isLive('production:shop/eu', 'shop-stable')).toBe(true);
});

test('a build that does not become warm goes back by itself', async () => {
  const company = await companyForTest();
  const outcome = await company.ask({ ...START, params: { build: 'shop-cold' } });
  expect(JSON.stringify(outcome)).toContain('its cache does not load');
  expect(buildsIn(company, SLOT)).toEqual(['shop-stable', 'shop-stable']);
});

test('a roll-back during a bake turns the roll-out round at once', async () => {
  const company = await companyForTest();
  const outcome = await company.settle(async () => {
    const rollout = company.request(START);
    await company.clock.sleep(15 * MINUTE_MS);
    expect(company.plane.isLive(SLOT, 'shop-next')).toBe(false);
    const back = await company.request({
      verb: 'rollout.rollback',
      resource: 'shop/na',
      because: 'it looks bad',
    });
    expect(back).toMatchObject({ status: 'done', output: { interrupted: [SLOT], returned: [] } });
    expect(company.clock.nowMs()).toBe(15 * MINUTE_MS);
    return rollout;
  });
  expect(outcome).toMatchObject({ status: 'failed' });
  expect(company.events('rollout-step').at(-1)).toMatchObject({
    step: 'rolled-back',
    by: ENGINEER.id,
    reason: 'it looks bad',
  });
  expect(buildsIn(company, SLOT)).toEqual(['shop-stable', 'shop-stable']);
});

test('a roll-back of a finished region stops the roll-out in the next one and swaps the first', async () => {
  const company = await companyForTest();
  await company.settle(async () => {
    const rollout = company.request({ ...START, resource: 'shop/*' });
    // na takes 52 minutes.
    await company.clock.sleep(HOUR_MS + 5 * MINUTE_MS);
    expect(company.plane.isLive(SLOT, 'shop-next')).toBe(true);
    const back = await company.request({ verb: 'rollout.rollback', resource: 'shop/*' });
    expect(back).toMatchObject({ output: { interrupted: ['production:shop/eu'], returned: [SLOT] } });
    expect((await rollout).status).toBe('failed');
  });
  expect(company.plane.isLive(SLOT, 'shop-stable')).toBe(true);
  expect(company.plane.isLive('production:shop/eu', 'shop-stable')).toBe(true);
});

test('roll-backs go step by step through the history, whether a build came by roll-out or by push', async () => {
  const company = await companyForTest();
  await company.ask(START);
  await company.ask({ verb: 'config.push', resource: 'shop/na', params: { set: { build: 'shop-later' } } });
  expect(company.plane.isLive(SLOT, 'shop-later')).toBe(true);
  const back = () => company.ask({ verb: 'rollout.rollback', resource: 'shop/na' });
  await back();
  expect(company.plane.isLive(SLOT, 'shop-next')).toBe(true);
  await back();
  expect(company.plane.isLive(SLOT, 'shop-stable')).toBe(true);
  expect(await back()).toMatchObject({ status: 'failed' });
});

test('a promotion ends the bakes, not the start of instances', async () => {
  const company = await companyForTest();
  await company.settle(async () => {
    const rollout = company.request(START);
    await company.clock.sleep(15 * MINUTE_MS);
    await company.request({ verb: 'rollout.promote', resource: 'shop/na' });
    expect((await rollout).status).toBe('done');
  });
  expect(company.clock.nowMs()).toBe(15 * MINUTE_MS + 11 * MINUTE_MS);
  expect(company.plane.isLive(SLOT, 'shop-next')).toBe(true);
  expect(await company.ask({ verb: 'rollout.promote', resource: 'shop/na' })).toMatchObject({
    status: 'failed',
  });
});

test('a second change of a cell waits for the first; another cell does not', async () => {
  const company = await companyForTest();
  const order: string[] = [];
  await company.settle(async () => {
    const done = (name: string) => () => order.push(name);
    await Promise.all([
      company.request(START).then(done('roll-out')),
      company.request({ verb: 'instances.restart', resource: 'shop/na' }).then(done('restart na')),
      company.request({ verb: 'instances.restart', resource: 'shop/eu' }).then(done('restart eu')),
    ]);
  });
  expect(order).toEqual(['restart eu', 'roll-out', 'restart na']);
  expect(buildsIn(company, SLOT)).toEqual(['shop-next', 'shop-next']);
});

test('the queue of a cell is bounded', async () => {
  const company = await companyForTest();
  const outcomes = await company.settle(() =>
    Promise.all(
      Array.from({ length: 10 }, () => company.request({ verb: 'instances.restart', resource: 'shop/na' })),
    ),
  );
  expect(outcomes.map(({ status }) => status)).toEqual([...Array(9).fill('done'), 'failed']);
  expect(outcomes.at(-1)).toMatchObject({ reason: expect.stringContaining('8 changes already wait') });
});

test('a merge with deploy rolls its build out', async () => {
  const company = await companyForTest();
  const opened = await company.ask({
    verb: 'pull-request.open',
    resource: 'shop/na',
    door: 'pipeline',
    params: { build: 'shop-next' },
  });
  expect(opened.status).toBe('done');
  const merge = { verb: 'pull-request.merge', resource: 'shop/na', door: 'pipeline' } as const;
  const params = { build: 'shop-next', deploy: true, waves: [1], bake: '0s' };
  expect((await company.ask({ ...merge, params })).status).toBe('done');
  expect(company.plane.isLive(SLOT, 'shop-next')).toBe(true);
  expect(await company.ask({ ...merge, params })).toMatchObject({ status: 'failed' });
});
