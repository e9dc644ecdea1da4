import { expect, test } from 'vitest';
import { HarnessError } from '../kernel/errors.ts';
import type { GuardedAction } from '../ports/action.ts';
import { AGENT, companyForTest, ENGINEER, MINUTE_MS } from './testing/company-for-test.ts';
import { verbCatalogue } from './verb-catalogue.ts';

test('an allowed action is requested, decided, started and finished, in the journal and in the audit trail', async () => {
  const company = await companyForTest();
  const outcome = await company.ask({ verb: 'instances.restart', resource: 'shop/na', stepId: 'step-1' });
  expect(outcome.status).toBe('done');
  expect(company.lines().map(({ type }) => type)).toEqual([
    'action-requested',
    'action-decided',
    'effect-started',
    'effect-finished',
  ]);
  expect(company.events('action-requested')[0]).toMatchObject({
    stepId: 'step-1',
    footprint: { cells: ['shop/na'], readOnly: false },
  });
  expect(company.plane.audit().map(({ phase }) => phase)).toEqual(['requested', 'started', 'done']);
  expect(company.carriedOut).toHaveLength(1);
});

test('charges add up to the time that the effect took', async () => {
  const company = await companyForTest();
  await company.ask({ verb: 'instances.restart', resource: 'shop/na' });
  const [started] = company.events('effect-started');
  const [finished] = company.events('effect-finished');
  expect(finished).toMatchObject({
    ok: true,
    changed: true,
    charged: [
      { phase: 'start instances', durationMs: MINUTE_MS },
      { phase: 'warm caches', durationMs: 10 * MINUTE_MS },
    ],
  });
  expect((finished?.atMs ?? 0) - (started?.atMs ?? 0)).toBe(11 * MINUTE_MS);
});

test('a guardrail sees the resolved action, and nothing of step, scenario or forbidden list', async () => {
  let seen: GuardedAction | null = null;
  const company = await companyForTest({ forbidden: [{ verb: '*', resource: '*' }] });
  company.script.rule = action => {
    seen = action;
    return { decision: 'allowed', by: [], reason: '' };
  };
  await company.ask({ verb: 'instances.restart', resource: 'shop/na', stepId: 'secret-step', actor: AGENT });
  expect(Object.keys(seen ?? {}).sort()).toEqual(
    [
      ...['actor', 'aiAssisted', 'atMs', 'because', 'buildDigest', 'changeRecord', 'door', 'environment'],
      ...[
        'evidence',
        'facts',
        'footprint',
        'hash',
        'id',
        'owner',
        'params',
        'resource',
        'tags',
        'task',
        'tier',
      ],
      'verb',
    ].sort(),
  );
  expect(seen).toMatchObject({ tier: 1, owner: 'web-team', tags: ['protected'], environment: 'production' });
  expect(JSON.stringify(seen)).not.toContain('secret-step');
});

test('a denied action changes nothing and tells by whom and why', async () => {
  const company = await companyForTest();
  const denial = { decision: 'denied', by: ['guard'], reason: 'no', remedies: [] } as const;
  company.script.rule = () => denial;
  const outcome = await company.ask({ verb: 'environment.delete', resource: 'shop/na', door: 'console' });
  expect(outcome).toEqual({ status: 'denied', by: ['guard'], reason: 'no', remedies: [] });
  expect(company.stack.slots().some(({ slot }) => slot === 'production:shop/na')).toBe(true);
  expect(company.events('effect-started')).toHaveLength(0);
  expect(company.plane.audit().at(-1)?.phase).toBe('denied');
});

test.each([
  [{ verb: 'environment.explode', resource: 'shop/na' }, 'there is no verb environment.explode'],
  [{ verb: 'instances.restart', resource: 'Shop na' }, 'Shop na is no resource'],
  [{ verb: 'instances.restart', resource: 'toys/na' }, 'nothing is called toys/na'],
  [{ verb: 'rollout.start', resource: 'shop/na', params: { build: 'nope' } }, 'there is no build nope'],
])('a request that makes no sense is invalid: %o', async (wish, reason) => {
  const company = await companyForTest();
  expect(await company.ask(wish)).toEqual({ status: 'failed', reason });
  expect(company.events('action-decided')[0]).toMatchObject({ decision: 'invalid', reason });
});

test('params that the verb does not know are refused, all problems at once', async () => {
  const company = await companyForTest();
  const outcome = await company.ask({
    verb: 'compute.resize',
    resource: 'shop/na',
    params: { instances: 'many', colour: 'red' },
  });
  expect(outcome.status).toBe('failed');
  expect(JSON.stringify(outcome)).toMatch(/instances: .*colour/);
});

test('a door that does not take the verb names those that do', async () => {
  const company = await companyForTest();
  const outcome = await company.ask({
    verb: 'config.push',
    resource: 'shop/na',
    door: 'console',
    params: { set: { mode: 'x' } },
  });
  expect(outcome).toMatchObject({
    status: 'denied',
    remedies: [
      { kind: 'door', door: 'configuration' },
      { kind: 'door', door: 'runbook' },
    ],
  });
});

test('without a role that permits it nothing happens, and no guardrail is asked', async () => {
  const company = await companyForTest();
  company.script.rule = () => {
    throw new Error('asked');
  };
  const actor = { ...ENGINEER, roles: ['deployer'] };
  const outcome = await company.ask({
    verb: 'environment.delete',
    resource: 'shop/na',
    door: 'console',
    actor,
  });
  expect(outcome).toMatchObject({ status: 'denied', by: [] });
  expect(company.events('action-decided')[0]?.decision).toBe('no-permission');
});

test('a role for one cell does not reach the whole service', async () => {
  const company = await companyForTest();
  const actor = { ...ENGINEER, roles: ['deployer'] };
  const rollOut = (resource: string) =>
    company.ask({ verb: 'rollout.start', resource, actor, door: 'console', params: { build: 'shop-next' } });
  expect((await rollOut('shop/*')).status).toBe('denied');
  expect((await rollOut('shop/na')).status).toBe('done');
});

test('an assumed role counts from then on, until it runs out', async () => {
  const company = await companyForTest({
    world: {
      roles: {
        operator: [{ verbs: ['instances.restart'], resources: ['*'] }],
        helper: [{ verbs: ['credential.assume'], resources: ['*'] }],
      },
    },
  });
  const actor = { ...ENGINEER, roles: ['helper'] };
  const restart = () => company.ask({ verb: 'instances.restart', resource: 'stock/na', actor });
  expect((await restart()).status).toBe('denied');
  const assumed = await company.ask({
    verb: 'credential.assume',
    resource: 'stock/na',
    actor,
    params: { role: 'operator', lasts: '30m' },
  });
  expect(assumed.status).toBe('done');
  expect((await restart()).status).toBe('done');
  await company.pass(31 * MINUTE_MS);
  expect((await restart()).status).toBe('denied');
});

test('break-glass demands its role and marks the session', async () => {
  const company = await companyForTest();
  const wish = { verb: 'instances.restart', resource: 'stock/na', door: 'break-glass' } as const;
  expect((await company.ask(wish)).status).toBe('denied');
  await company.ask({ verb: 'break-glass.open', resource: 'stock/na' });
  expect((await company.ask(wish)).status).toBe('done');
  expect(company.carriedOut.at(-1)?.actor.session).toBe('break-glass');
  expect(company.plane.audit().at(-1)?.actor.session).toBe('break-glass');
});

test('a guardrail may contain, but never destroy', async () => {
  const company = await companyForTest();
  const actor = { ...ENGINEER, id: 'guard', kind: 'guardrail', roles: [] } as const;
  expect((await company.ask({ verb: 'instances.restart', resource: 'stock/na', actor })).status).toBe('done');
  expect((await company.ask({ verb: 'environment.delete', resource: 'stock/na', actor })).status).toBe(
    'denied',
  );
});

test('narrowing keeps the hash and leaves cells out', async () => {
  const company = await companyForTest();
  company.script.rule = () => ({
    decision: 'narrowed',
    by: ['cap'],
    reason: 'one at a time',
    constraints: { cells: ['stock/eu'] },
  });
  const outcome = await company.ask({ verb: 'environment.delete', resource: 'stock/*' });
  expect(outcome.status).toBe('done');
  const slots = company.stack.slots().map(({ slot }) => slot);
  expect(slots).toContain('production:stock/na');
  expect(slots).not.toContain('production:stock/eu');
  expect(company.events('effect-started')[0]?.cells).toEqual(['stock/eu']);
  expect(company.events('action-decided')[0]?.constraints).toEqual({ cells: ['stock/eu'] });
});

test('an effect is marked when it is on the forbidden list or against the policy, by whatever route', async () => {
  const company = await companyForTest({ forbidden: [{ verb: 'environment.delete', resource: 'costs/*' }] });
  await company.ask({ verb: 'environment.delete', resource: 'costs/cn' });
  await company.ask({ verb: 'plan.apply', door: 'console', resource: 'shop/na', params: { replace: true } });
  await company.ask({ verb: 'instances.restart', resource: 'stock/na' });
  await company.ask({ verb: 'environment.delete', resource: 'staging:shop/na' });
  expect(company.events('effect-started').map(({ forbidden }) => forbidden)).toEqual([
    ['environment.delete costs/*', 'policy no-deletion'],
    ['policy no-deletion'],
    [],
    [],
  ]);
});

test('a policy that asks for approvals is met by enough of them from people in their own session', async () => {
  const company = await companyForTest();
  company.script.rule = ({ facts }) =>
    facts.approvals.length >= 2
      ? { decision: 'allowed', by: [], reason: '' }
      : {
          decision: 'approval-required',
          by: ['two'],
          reason: 'two people',
          demand: { count: 2, level: 'mid', expiresAfterMs: MINUTE_MS },
        };
  const approve = async (kind: 'person' | 'agent') => {
    const first = await company.ask({ verb: 'environment.delete', resource: 'stock/na' });
    if (first.status !== 'approval-required') throw new Error(first.status);
    for (const id of ['ann', 'ben']) {
      company.plane.grant(first.approvalId, { id, kind, level: 'senior', session: 'own' });
    }
    await company.ask({ verb: 'environment.delete', resource: 'stock/na' });
    await company.ask({ verb: 'environment.create', resource: 'stock/na' });
    return company.events('effect-started').at(-1)?.forbidden;
  };
  expect(await approve('person')).toEqual([]);
  const second = await companyForTest({ script: company.script });
  const first = await second.ask({ verb: 'environment.delete', resource: 'stock/na' });
  if (first.status !== 'approval-required') throw new Error(first.status);
  for (const id of ['bot-1', 'bot-2']) {
    second.plane.grant(first.approvalId, { id, kind: 'agent', level: 'senior', session: 'own' });
  }
  await second.ask({ verb: 'environment.delete', resource: 'stock/na' });
  expect(second.events('effect-started').at(-1)?.forbidden).toEqual(['policy no-deletion']);
});

test('a failed effect is an outcome; a broken invariant ends the run', async () => {
  const company = await companyForTest();
  await company.ask({ verb: 'environment.delete', resource: 'stock/na' });
  const gone = await company.ask({ verb: 'instances.restart', resource: 'stock/na' });
  expect(gone).toEqual({ status: 'failed', reason: 'there is no environment production:stock/na' });
  expect(company.events('effect-finished').at(-1)).toMatchObject({ ok: false, changed: false });
  company.stack.warm = () => Promise.reject(new Error('no memory'));
  company.stack.migrate = () => Promise.reject(new HarnessError('bug', { message: 'broken invariant: x' }));
  await expect(
    company.ask({ verb: 'instances.restart', resource: 'shop/na' }).then(() => company.pass(1)),
  ).rejects.toThrow('broken invariant: x');
});

test('every verb has a strict schema, a summary, and a door; what changes something goes through break-glass as well', () => {
  const catalogue = verbCatalogue();
  expect(catalogue.size).toBe(34);
  for (const verb of catalogue.values()) {
    expect(verb.summary).toMatch(/\.$/);
    expect(verb.doors).toContain('break-glass');
    expect(verb.params.safeParse({ noSuchParam: 1 }).success).toBe(false);
  }
});
