import { expect, test } from 'vitest';
import { always, aService } from '../testing/a-service.ts';
import { anAdapter } from '../testing/an-adapter.ts';

async function asking(body: unknown, options = {}, status = 200) {
  const service = await aService(always(status, body));
  const adapter = await anAdapter('opa', { url: service.url, rule: 'company/changes/allow', ...options });
  return { service, ...adapter };
}

test('OPA gets everything inside input, at the path of the rule', async () => {
  const { service, ask } = await asking({ result: true, decision_id: 'd-1' });
  expect(await ask()).toEqual({ effect: 'allow', reason: 'its policy allows it', countedAs: 'allow' });
  const [request] = service.received;
  expect(request?.url).toBe('/v1/data/company/changes/allow');
  const body = JSON.parse(request?.text ?? '') as { input: object };
  expect(Object.keys(body)).toEqual(['input']);
  expect(Object.keys(body.input)).toEqual(['subject', 'action', 'resource', 'context']);
});

test('an undefined rule is no refusal: it counts by onFailure, and is journaled as undefined', async () => {
  const service = await aService(always(200, { decision_id: 'd-1', metrics: {} }));
  for (const [onFailure, countedAs] of [
    ['closed', 'deny'],
    ['open', 'allow'],
  ] as const) {
    const { ask } = await anAdapter('opa', { url: service.url, rule: 'a/allow' }, { onFailure });
    const reason = 'the rule a/allow is undefined (status 200 without result)';
    expect(await ask()).toEqual({ effect: 'undefined', reason, countedAs });
  }
});

test.each([
  ['a boolean', false, {}, 'deny', 'its policy refuses it'],
  ['allow', { allow: true }, {}, 'allow', 'its policy allows it'],
  ['allow and reason', { allow: false, reason: 'frozen' }, {}, 'deny', 'frozen'],
  ['reasons', { allow: false, reasons: ['a', 'b'] }, {}, 'deny', 'a; b'],
  ['a set of refusals', ['late', 'alone'], {}, 'deny', 'late; alone'],
  ['refusals with messages', [{ msg: 'late' }], {}, 'deny', 'late'],
  ['an empty set of refusals', [], { read: 'deny-set' }, 'allow', 'its set of refusals is empty'],
  ['a set written as a mapping', { late: true }, { read: 'deny-set' }, 'deny', 'late'],
  ['allow beside refusals', { allow: true, deny: ['late'] }, {}, 'deny', 'late'],
  ['allow beside no refusals', { allow: true, deny: [] }, {}, 'allow', 'its policy allows it'],
  ['a path inside', { decision: { allow: true } }, { at: 'decision.allow' }, 'allow', 'its policy allows it'],
  ['a reason elsewhere', { allow: false, why: 'x' }, { reasonAt: 'why' }, 'deny', 'x'],
])('accepts %s', async (_name, result, options, effect, reason) => {
  const { ask } = await asking({ result }, options);
  expect(await ask()).toMatchObject({ effect, reason });
});

test.each([
  ['an empty package', {}, {}, 'its result is empty: no rule there has a value'],
  ['a package without allow', { deny: [] }, {}, 'its result has no allow (it has: deny)'],
  ['an empty list of unknown meaning', [], {}, 'its result is an empty list'],
  ['nothing at the path', { a: 1 }, { at: 'b.c' }, 'has nothing at b.c'],
])('%s rules nothing', async (_name, result, options, reason) => {
  const { ask } = await asking({ result }, options);
  expect(await ask()).toMatchObject({ effect: 'undefined', reason: expect.stringContaining(reason) });
});

test.each([
  [
    'a lost input wrapper',
    {
      result: false,
      warning: { code: 'api_usage_warning', message: "'input' key missing from the request" },
    },
    'it ruled without the request',
  ],
  ['the reply of another API', true, "it is not OPA's Data API v1"],
  ['a reply without its wrapper', { allow: true }, 'has allow, but no "result"'],
  ['an error in the body', { code: 'internal_error', errors: [] }, 'its reply is an error'],
  ['null', { result: null }, 'its result is no ruling: null'],
  ['text', { result: 'yes' }, 'its result is no ruling: "yes"'],
  ['allow as text', { result: { allow: 'false' } }, 'neither yes nor no: "false"'],
])('%s is an error', async (_name, body, reason) => {
  const { ask } = await asking(body);
  expect(await ask()).toMatchObject({
    effect: 'error',
    reason: expect.stringContaining(reason),
    countedAs: 'deny',
  });
});

test('a 500 with an empty body is an error', async () => {
  const { ask } = await asking('', {}, 500);
  expect(await ask()).toMatchObject({ effect: 'error', fault: 'failed' });
});

test('a policy at another revision is stale', async () => {
  const bundles = { company: { revision: 'r-1' } };
  const fresh = await asking({ result: true, provenance: { bundles } }, { revision: 'r-1' });
  expect(await fresh.ask()).toMatchObject({ effect: 'allow' });
  expect(fresh.service.received[0]?.url).toContain('?provenance=true');
  const stale = await asking({ result: true, provenance: { bundles } }, { revision: 'r-2' });
  expect(await stale.ask()).toMatchObject({
    effect: 'error',
    fault: 'failed',
    reason: 'its policy is not at revision r-2: its bundles are at r-1',
  });
  const mute = await asking({ result: true }, { revision: 'r-2' });
  expect(await mute.ask()).toMatchObject({ effect: 'error', fault: 'failed' });
});
