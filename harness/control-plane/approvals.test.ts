import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApprovalDemand, GuardedAction } from '../ports/action.ts';
import type { Approver } from '../ports/control-plane.ts';
import type { Ruling } from '../ports/guardrail-chain.ts';
import {
  AGENT,
  companyForTest,
  ENGINEER,
  HOUR_MS,
  MINUTE_MS,
  type TestCompany,
} from './testing/company-for-test.ts';

const PUSH = {
  verb: 'config.push',
  resource: 'shop/na',
  actor: AGENT,
  params: { set: { build: 'shop-next' } },
} as const;

function demanding(demand: ApprovalDemand): (action: GuardedAction) => Ruling {
  return ({ facts, verb }) =>
    facts.approvals.length >= demand.count || verb !== PUSH.verb
      ? { decision: 'allowed', by: [], reason: '' }
      : { decision: 'approval-required', by: ['two-person'], reason: 'somebody else must look', demand };
}

async function companyThatDemands(count: number, demand: Partial<ApprovalDemand> = {}): Promise<TestCompany> {
  const rule = demanding({ count, level: 'mid', expiresAfterMs: 2 * HOUR_MS, ...demand });
  return companyForTest({ script: { rule } });
}

async function askForApproval(
  company: TestCompany,
  wish: Parameters<TestCompany['ask']>[0] = PUSH,
): Promise<string> {
  const outcome = await company.ask(wish);
  if (outcome.status !== 'approval-required') throw new Error(`not asked for approval: ${outcome.status}`);
  return outcome.approvalId;
}

function approver(id: string, more: Partial<Approver> = {}): Approver {
  return { id, kind: 'person', level: 'mid', session: 'own', ...more };
}

test('an action that needs approval is carried out once it is granted, and only once', async () => {
  const company = await companyThatDemands(1);
  const heard: string[] = [];
  company.plane.onApprovalRequested(({ id }) => heard.push(id));
  const id = await askForApproval(company);
  expect(heard).toEqual([id]);
  expect(company.plane.pendingApprovals()).toMatchObject([{ id, demand: { count: 1 }, grants: [] }]);
  const settled = company.plane.approvalSettled(id);
  expect(company.plane.grant(id, approver('ann'))).toEqual({ granted: true, complete: true });
  expect(await settled).toBe('granted');
  expect((await company.ask(PUSH)).status).toBe('done');
  expect(company.carriedOut[0]?.facts.approvals).toMatchObject([{ by: 'ann', level: 'mid', kind: 'person' }]);
  expect(company.events('approval').map(({ phase }) => phase)).toEqual(['requested', 'granted', 'used']);
  expect((await company.ask(PUSH)).status).toBe('approval-required');
});

test('asking again while the request is open does not open another one', async () => {
  const company = await companyThatDemands(2);
  const id = await askForApproval(company);
  company.plane.grant(id, approver('ann'));
  expect(await askForApproval(company)).toBe(id);
  expect(company.plane.pendingApprovals()).toHaveLength(1);
  expect(company.plane.grant(id, approver('ben'))).toEqual({ granted: true, complete: true });
  expect((await company.ask(PUSH)).status).toBe('done');
});

test.each([
  ['the author', 'agent-1', 'is the author'],
  ['the one on whose behalf it acts', 'engineer-1', 'on whose behalf'],
])('%s cannot approve', async (_who, id, why) => {
  const company = await companyThatDemands(1);
  const approvalId = await askForApproval(company);
  const result = company.plane.grant(approvalId, approver(id));
  expect(result).toMatchObject({ granted: false, why: expect.stringContaining(why) });
  expect(company.events('approval').at(-1)).toMatchObject({ phase: 'rejected-grant', by: id });
  expect((await company.ask(PUSH)).status).toBe('approval-required');
});

test('an agent in a borrowed session is still itself, and cannot approve what it asked for', async () => {
  const company = await companyThatDemands(1);
  const approvalId = await askForApproval(company);
  const grant = { verb: 'approval.grant', resource: 'shop/na', params: { approvalId } };
  const borrowed = { ...AGENT, onBehalfOf: 'senior-1', session: 'borrowed' } as const;
  expect((await company.ask({ ...grant, actor: borrowed })).status).toBe('failed');
  const helper = { ...AGENT, id: 'agent-2', onBehalfOf: 'engineer-1' };
  expect((await company.ask({ ...grant, actor: helper })).status).toBe('failed');
  const colleague = { ...ENGINEER, id: 'engineer-2' };
  expect(await company.ask({ ...grant, actor: colleague })).toMatchObject({ output: { complete: true } });
});

test('nobody grants twice, and grants below the level do not complete the request', async () => {
  const company = await companyThatDemands(1, { level: 'senior' });
  const id = await askForApproval(company);
  expect(company.plane.grant(id, approver('jo', { level: 'junior' }))).toEqual({
    granted: true,
    complete: false,
  });
  expect(company.plane.grant(id, approver('jo', { level: 'junior' }))).toMatchObject({ granted: false });
  expect(company.plane.grant(id, approver('sue', { level: 'senior' }))).toEqual({
    granted: true,
    complete: true,
  });
});

test('a grant is bound to the hash: other params or another actor need their own', async () => {
  const company = await companyThatDemands(1);
  company.plane.grant(await askForApproval(company), approver('ann'));
  const other = { ...PUSH, params: { set: { build: 'shop-later' } } };
  expect((await company.ask(other)).status).toBe('approval-required');
  expect((await company.ask({ ...PUSH, actor: ENGINEER })).status).toBe('approval-required');
  expect((await company.ask({ ...PUSH, evidence: ['x'], because: 'other words' })).status).toBe('done');
});

test('a request that nobody answers expires; so does a grant that nobody uses', async () => {
  const company = await companyThatDemands(1);
  const first = await askForApproval(company);
  const settled = company.plane.approvalSettled(first);
  await company.pass(2 * HOUR_MS);
  expect(await settled).toBe('expired');
  expect(company.plane.pendingApprovals()).toEqual([]);
  expect(company.plane.grant(first, approver('ann'))).toMatchObject({ granted: false });
  const second = await askForApproval(company);
  expect(second).not.toBe(first);
  await company.pass(HOUR_MS);
  company.plane.grant(second, approver('ann'));
  await company.pass(2 * HOUR_MS);
  expect((await company.ask(PUSH)).status).toBe('approval-required');
  expect(company.events('approval').filter(({ phase }) => phase === 'expired')).toHaveLength(2);
});

test('a refusal settles the request, and grants given so far are void', async () => {
  const company = await companyThatDemands(2);
  const id = await askForApproval(company);
  company.plane.grant(id, approver('ann'));
  const settled = company.plane.approvalSettled(id);
  company.plane.refuse(id, approver('ben'), 'no tests');
  expect(await settled).toBe('refused');
  const again = await askForApproval(company);
  company.plane.grant(again, approver('ben'));
  expect((await company.ask(PUSH)).status).toBe('approval-required');
});

test('a new commit of the build voids what was granted for the old one', async () => {
  const company = await companyThatDemands(1);
  company.plane.grant(await askForApproval(company), approver('ann'));
  const submit = { verb: 'build.submit', resource: 'shop/na', door: 'pipeline' } as const;
  await company.ask({ ...submit, params: { build: 'shop-later' } });
  await company.ask({ ...submit, params: { build: 'shop-next' } });
  expect(company.events('approval').at(-1)).toMatchObject({ phase: 'revoked' });
  expect((await company.ask(PUSH)).status).toBe('approval-required');
});

test('a grant can be taken back until it is used', async () => {
  const company = await companyThatDemands(1);
  const approvalId = await askForApproval(company);
  const ann = { ...ENGINEER, id: 'ann' };
  const params = { approvalId };
  await company.ask({ verb: 'approval.grant', resource: 'shop/na', actor: ann, params });
  await company.ask({ verb: 'approval.revoke', resource: 'shop/na', actor: ann, params });
  expect((await company.ask(PUSH)).status).toBe('approval-required');
  expect(
    (await company.ask({ verb: 'approval.revoke', resource: 'shop/na', actor: ann, params })).status,
  ).toBe('failed');
});

test('when granted and yet not enough for the guardrails, the request asks for more than stands', async () => {
  const company = await companyForTest();
  company.script.rule = ({ facts }) =>
    facts.approvals.some(({ kind }) => kind === 'person')
      ? { decision: 'allowed', by: [], reason: '' }
      : {
          decision: 'approval-required',
          by: ['two-person'],
          reason: 'a person',
          demand: { count: 1, level: 'mid', expiresAfterMs: HOUR_MS },
        };
  const first = await askForApproval(company);
  expect(company.plane.grant(first, approver('bot', { kind: 'agent' }))).toMatchObject({ complete: true });
  const second = await askForApproval(company);
  expect(second).not.toBe(first);
  expect(company.plane.grant(second, approver('bot', { kind: 'agent' }))).toMatchObject({ granted: false });
  expect(company.plane.grant(second, approver('ann'))).toEqual({ granted: true, complete: true });
  expect((await company.ask(PUSH)).status).toBe('done');
});

test('approval can be asked for beforehand, and counts for that very action', async () => {
  const company = await companyThatDemands(1);
  const asked = await company.ask({
    ...PUSH,
    verb: 'approval.request',
    door: 'pipeline',
    params: { of: { door: 'runbook', verb: PUSH.verb, params: PUSH.params } },
  });
  const id = asked.status === 'done' ? String(asked.output.approvalId) : '';
  company.plane.grant(id, approver('ann'));
  expect((await company.ask(PUSH)).status).toBe('done');
});

test('two requests for the same action at once cannot use the same grant', async () => {
  const company = await companyThatDemands(1);
  company.plane.grant(await askForApproval(company), approver('ann'));
  const rule = company.script.rule;
  company.script.rule = async action => {
    const ruling = await rule?.(action);
    await company.clock.sleep(MINUTE_MS);
    return ruling ?? { decision: 'allowed', by: [], reason: '' };
  };
  const outcomes = await company.settle(() => Promise.all([company.request(PUSH), company.request(PUSH)]));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['approval-required', 'done']);
});

const PEOPLE = ['ann', 'ben', 'cleo', AGENT.id, ENGINEER.id];
type Move =
  | { readonly kind: 'ask' | 'submit' }
  | { readonly kind: 'grant' | 'revoke' | 'refuse'; readonly who: string }
  | { readonly kind: 'pass'; readonly minutes: number };
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('ask' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('submit' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('grant' as const, 'grant' as const, 'revoke' as const, 'refuse' as const),
      who: fc.constantFrom(...PEOPLE),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 90 }) }),
  },
);

test('no sequence of grants, revocations, expiries and submissions lets an action through with fewer valid grants than demanded', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(move, { maxLength: 30 }),
      async (count, moves) => {
        const company = await companyThatDemands(count, { expiresAfterMs: HOUR_MS });
        const standing = new Map<string, number>();
        let open: string | null = null;
        for (const step of moves) {
          const nowMs = company.clock.nowMs();
          if (step.kind === 'pass') await company.pass(step.minutes * MINUTE_MS);
          if (step.kind === 'submit') {
            const params = { build: 'shop-next' };
            await company.ask({ verb: 'build.submit', resource: 'shop/na', door: 'pipeline', params });
            standing.clear();
          }
          if (step.kind === 'ask') {
            const valid = [...standing].filter(([, grantedAtMs]) => nowMs < grantedAtMs + HOUR_MS);
            const outcome = await company.ask(PUSH);
            if (outcome.status === 'approval-required') open = outcome.approvalId;
            else {
              expect(valid.length).toBeGreaterThanOrEqual(count);
              expect(valid.map(([who]) => who)).not.toContain(AGENT.id);
              expect(valid.map(([who]) => who)).not.toContain(ENGINEER.id);
              standing.clear();
            }
          }
          if (open === null) continue;
          if (step.kind === 'grant' && company.plane.grant(open, approver(step.who)).granted) {
            standing.set(step.who, nowMs);
          }
          if (step.kind === 'refuse' && company.plane.pendingApprovals().some(({ id }) => id === open)) {
            company.plane.refuse(open, approver(step.who), 'no');
            standing.clear();
          }
          if (step.kind === 'revoke') {
            const actor = { ...ENGINEER, id: step.who };
            const params = { approvalId: open };
            const back = await company.ask({ verb: 'approval.revoke', resource: 'shop/na', actor, params });
            if (back.status === 'done') standing.delete(step.who);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
