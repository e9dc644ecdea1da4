import { expect, test } from 'vitest';
import { anAction } from '../../testing/an-action.ts';
import { always, aService } from '../testing/a-service.ts';
import { anAdapter } from '../testing/an-adapter.ts';

async function asking(status: number, body: unknown, options = {}) {
  const service = await aService(always(status, body));
  return {
    service,
    ...(await anAdapter('authzen', { url: `${service.url}/access/v1/evaluation`, ...options })),
  };
}

test('a decision point gets subject, action, resource and context, and its id for the request', async () => {
  const { service, ask } = await asking(200, { decision: true });
  expect(await ask()).toEqual({ effect: 'allow', reason: 'its decision is true', countedAs: 'allow' });
  const [request] = service.received;
  expect(request).toMatchObject({
    method: 'POST',
    url: '/access/v1/evaluation',
    headers: { 'content-type': 'application/json', 'x-request-id': 'action-1' },
  });
  expect(JSON.parse(request?.text ?? '')).toMatchObject({
    subject: { type: 'agent', id: 'agent-1', properties: { roles: ['engineer'], onBehalfOf: 'person-1' } },
    action: { name: 'config.push', properties: { door: 'configuration', aiAssisted: true } },
    resource: { type: 'service', id: 'pricing/na', properties: { environment: 'production', tier: 1 } },
    context: { task: 'Show the spring banner', evidence: [], approvals: [] },
  });
});

test.each([
  [{ reason: 'too late' }, 'too late'],
  [{ reason_user: { en: 'not you' } }, 'en: not you'],
  [{ error: { status: 500, message: 'no data' } }, 'its decision is false (with the error: no data)'],
])('a refusal tells its reason: %j', async (context, reason) => {
  const { ask } = await asking(200, { decision: false, context });
  expect(await ask()).toMatchObject({ effect: 'deny', reason, countedAs: 'deny' });
});

test('a refusal that tells of a failure is a failure where the profile says so', async () => {
  const body = { decision: false, context: { error: { message: 'risk engine down' } } };
  const { ask } = await asking(200, body, { contextError: 'error' });
  expect(await ask()).toMatchObject({
    effect: 'error',
    fault: 'failed',
    reason: 'it refused because it failed: risk engine down',
    countedAs: 'deny',
  });
});

test.each([
  [200, {}, 'nonsense', 'its reply has no decision'],
  [
    200,
    { result: { decision: true } },
    'nonsense',
    'its reply has no decision (there is one inside "result")',
  ],
  [200, { evaluations: [{ decision: true }] }, 'nonsense', 'the batch API'],
  [200, { decision: 'true' }, 'nonsense', 'a decision that is no boolean: "true"'],
  [200, { decision: 1 }, 'nonsense', 'no boolean: 1'],
  [200, null, 'nonsense', 'has no decision'],
  [200, '', 'nonsense', 'status 200 and an empty body'],
  [204, '', 'nonsense', 'status 204 and an empty body'],
  [200, '<html>', 'nonsense', 'its body is no JSON: <html>'],
  [500, '', 'failed', 'status 500 with an empty body'],
  [503, 'overloaded', 'failed', 'status 503 and said: overloaded'],
  [401, { error: 'no key' }, 'failed', 'status 401 and said: {"error":"no key"}'],
  [400, { decision: true }, 'failed', 'status 400'],
])('status %i with %j is no decision, and no denial either', async (status, body, fault, reason) => {
  for (const [onFailure, countedAs] of [
    ['closed', 'deny'],
    ['open', 'allow'],
  ] as const) {
    const service = await aService(always(status, body));
    const { ask } = await anAdapter('authzen', { url: service.url }, { onFailure });
    expect(await ask()).toEqual({
      effect: 'error',
      fault,
      reason: expect.stringContaining(reason),
      countedAs,
    });
  }
});

test('a refusal may ask for approval, and a permission may be limited, where the profile says where', async () => {
  const options = {
    approval: { at: 'context.approval', count: 2, level: 'mid' },
    constraintsAt: 'context.limits',
  };
  const refused = await asking(200, { decision: false, context: { reason: 'ask', approval: true } }, options);
  expect(await refused.ask()).toMatchObject({
    effect: 'require-approval',
    approval: { count: 2, level: 'mid', expiresAfterMs: 86_400_000 },
    countedAs: 'require-approval',
  });
  const own = await asking(200, { decision: false, context: { approval: { count: 3 } } }, options);
  expect(await own.ask()).toMatchObject({ effect: 'require-approval', approval: { count: 3, level: 'mid' } });
  const flat = await asking(200, { decision: false, context: { approval: false } }, options);
  expect(await flat.ask()).toMatchObject({ effect: 'deny' });
  const narrowed = await asking(
    200,
    { decision: true, context: { limits: { cells: ['pricing/eu'] } } },
    options,
  );
  expect(await narrowed.ask(anAction())).toMatchObject({
    effect: 'narrow',
    constraints: { cells: ['pricing/eu'] },
    countedAs: 'narrow',
  });
  const garbled = await asking(200, { decision: true, context: { limits: { waves: 'all' } } }, options);
  expect(await garbled.ask()).toMatchObject({ effect: 'error', fault: 'nonsense' });
});
