import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aGrant, anAction } from '../../testing/an-action.ts';
import { anOutside, askAdapter } from '../testing/ask-adapter.ts';
import { readApprovalAnnotation } from './approval-annotation.ts';
import { cedarValue } from './cedar-value.ts';

const PERMIT = '@id("all") permit (principal, action, resource);';

/** Asks about an action, an agent's push of a setting unless told otherwise, by these policies. */
function ask(
  policies: string,
  options: object = {},
  changes: Parameters<typeof anAction>[0] = {},
  files = {},
) {
  return askAdapter(
    'cedar',
    { policies: ['p.cedar'], ...options },
    { action: anAction(changes), outside: anOutside({ files: { 'p.cedar': policies, ...files } }) },
  );
}

test('what a policy permits is allowed, what none permits is denied, and a forbid wins', async () => {
  expect((await ask(PERMIT)).answer).toEqual({ effect: 'allow', reason: 'permitted by all' });
  expect((await ask('permit (principal, action == Action::"other", resource);')).answer).toEqual({
    effect: 'deny',
    reason: 'no policy permits it',
    remedies: [],
  });
  expect((await ask(`${PERMIT} @id("no") forbid (principal, action, resource);`)).answer).toMatchObject({
    effect: 'deny',
    reason: 'forbidden by no',
  });
});

test('the request names principal, action and resource in our own words, with their attributes', async () => {
  const asked = await ask(
    `permit (principal is agent, action == Action::"config.push", resource == service::"pricing/na")
     when { principal.roles.contains("engineer") && resource.tier == 1 && context.action.door == "configuration" &&
            context.action.trafficShare == decimal("1.0") || context.action.trafficShare == 1 };`,
  );
  expect(asked.answer).toMatchObject({ effect: 'allow', reason: 'permitted by policy-1' });
  expect(asked.exchange?.request).toMatchObject({
    principal: { type: 'agent', id: 'agent-1' },
    action: { type: 'Action', id: 'config.push' },
  });
});

test('an error inside an allow is an error, and an allow that says so where the options take it for one', async () => {
  const policies = `${PERMIT} @id("lost") forbid (principal, action, resource) when { principal.clearance > 3 };`;
  const asked = await ask(policies);
  expect(asked).toMatchObject({ decision: 'denied', countedAs: 'deny' });
  expect(asked.answer).toMatchObject({ effect: 'error', fault: 'failed' });
  expect(asked.answer.reason).toMatch(
    /^permitted by all, but 1 of the policies could not be evaluated \(lost: /,
  );
  const lenient = await ask(policies, { errorsInAllow: 'allow' });
  expect(lenient).toMatchObject({ decision: 'allowed', answer: { effect: 'allow' } });
  expect(lenient.answer.reason).toContain('could not be evaluated');
});

test('an error inside a deny leaves it a deny, and is told', async () => {
  const asked = await ask(
    '@id("lost") permit (principal, action, resource) when { principal.clearance > 3 };',
  );
  expect(asked.answer).toMatchObject({ effect: 'deny' });
  expect(asked.answer.reason).toMatch(
    /no policy permits it; 1 of the policies could not be evaluated \(lost/,
  );
});

test('a request that Cedar cannot decide is an error, never a deny', async () => {
  const schema =
    'entity agent; entity service; action "other" appliesTo { principal: agent, resource: service };';
  const asked = await ask(PERMIT, { schema: 's.cedarschema' }, {}, { 's.cedarschema': schema });
  expect(asked.answer).toMatchObject({ effect: 'error', fault: 'failed' });
  expect(asked.answer.reason).toContain('Cedar could not decide');
});

test.each([
  ['permit (', /unexpected/],
  ['', /hold no policy/],
  ['permit (principal == ?principal, action, resource);', /policy template/],
  ['@require_approval("two") forbid (principal, action, resource);', /"2 senior", "2" or "senior"/],
  ['@require_approval("2") permit (principal, action, resource);', /belongs to what forbids/],
])('policies that cannot be loaded (%s) make a guardrail that is not loaded', async (policies, reason) => {
  const asked = await ask(policies);
  expect(asked.answer).toMatchObject({ effect: 'error', fault: 'not-loaded' });
  expect(asked.answer.reason).toMatch(reason);
});

test.each([
  [
    '// naïve\npermit (principal, action, resource)\nwhen { context.x = 1 };\n',
    /^\S+:3:8: '=' is not a valid operator in Cedar; try using '==' instead$/,
  ],
  ['permit (principal, action, resource)', /^\S+:1:37: unexpected end of input; expected `;` or identifier$/],
])('a slip in a policy is told with file, line, column and what to do: %s', async (policies, reason) => {
  expect((await ask(policies)).answer.reason).toMatch(reason);
});

test('a slip in the schema or the entities is told with its place', async () => {
  const permit = 'permit (principal, action, resource);';
  const schema = await ask(
    permit,
    { schema: 's.cedarschema' },
    {},
    { 's.cedarschema': 'entity A;\nentity B {' },
  );
  expect(schema.answer.reason).toContain('s.cedarschema:2:11: ');
  const json = await ask(permit, { schema: 's.json' }, {}, { 's.json': '{"a":' });
  expect(json.answer.reason).toContain('s.json is no JSON: ');
  const entities = await ask(permit, { entities: 'e.json' }, {}, { 'e.json': '[{"uid":{"type":"A"}}]' });
  expect(entities.answer.reason).toContain('(0.uid');
});

test('approvals lift an annotated prohibition, and nothing else', async () => {
  const liftable = '@id("two") @require_approval("2 senior") forbid (principal, action, resource);';
  const demand = { count: 2, level: 'senior', expiresAfterMs: 28_800_000 };
  expect((await ask(PERMIT + liftable)).answer).toMatchObject({
    effect: 'require-approval',
    approval: demand,
  });
  const facts = { approvals: [aGrant('person-7'), aGrant('person-8')] };
  expect((await ask(PERMIT + liftable, {}, { facts })).answer).toEqual({
    effect: 'allow',
    reason: 'permitted by all; lifted by approvals: two',
  });
  const own = { approvals: [aGrant('person-1'), aGrant('person-8')] };
  expect((await ask(PERMIT + liftable, {}, { facts: own })).decision).toBe('approval-required');
  // Without a permission, or with a firm prohibition beside it, approvals change nothing.
  expect((await ask(liftable, {}, { facts })).answer.effect).toBe('deny');
  const firm = '@id("firm") forbid (principal, action, resource);';
  expect((await ask(PERMIT + liftable + firm, {}, { facts })).answer).toMatchObject({
    effect: 'deny',
    reason: 'forbidden by two, firm',
  });
});

test('a liftable policy that cannot be evaluated still makes an allow an error', async () => {
  const policies = `${PERMIT} @id("two") @require_approval("1") forbid (principal, action, resource);
    @id("lost") @require_approval("1") forbid (principal, action, resource) when { principal.clearance > 3 };`;
  const asked = await ask(policies, {}, { facts: { approvals: [aGrant('person-7')] } });
  expect(asked.answer).toMatchObject({ effect: 'error', fault: 'failed' });
});

test('policies keep their places, however many there are and in whatever order the engine names them', async () => {
  const many = Array.from({ length: 12 }, () => 'forbid (principal, action, resource);').join('\n');
  const names = Array.from({ length: 12 }, (_, index) => `policy-${index + 1}`).join(', ');
  expect((await ask(many)).answer.reason).toBe(`forbidden by ${names}`);
});

test('entities of the file bring groups, and win over the translation', async () => {
  const entities = JSON.stringify([
    {
      uid: { type: 'agent', id: 'agent-1' },
      attrs: { level: 'trusted' },
      parents: [{ type: 'Team', id: 'shop' }],
    },
  ]);
  const policies = `permit (principal in Team::"shop", action, resource)
    when { principal.level == "trusted" && principal in Role::"engineer" };`;
  const options = { entities: 'e.json', principalParents: [{ from: 'roles', type: 'Role' }] };
  expect((await ask(policies, options, {}, { 'e.json': entities })).answer.effect).toBe('allow');
  const broken = await ask(policies, options, {}, { 'e.json': '{}' });
  expect(broken.answer).toMatchObject({ fault: 'not-loaded' });
});

test('what an agent writes stays data: it makes no entity, no extension value, no null', () => {
  expect(cedarValue({ __entity: { type: 'Role', id: 'admin' } })).toBe(
    '{"__entity":{"type":"Role","id":"admin"}}',
  );
  expect(cedarValue({ a: null, b: [1, null, 0.25], c: undefined })).toEqual({
    b: [1, { __extn: { fn: 'decimal', arg: '0.2500' } }],
  });
});

test('any parameters at all leave the decision to the policies', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }),
      async params => {
        expect((await ask(PERMIT, {}, { params })).answer.effect).toBe('allow');
      },
    ),
    { numRuns: 50 },
  );
});

test.each([
  ['2 senior', { count: 2, level: 'senior' }],
  ['3', { count: 3, level: 'junior' }],
  ['mid', { count: 1, level: 'mid' }],
  ['', { count: 1, level: 'junior' }],
  ['0', null],
  ['2 bosses', null],
])('the annotation "%s" reads as %j', (text, demand) => {
  expect(readApprovalAnnotation(text)).toEqual(demand);
});
