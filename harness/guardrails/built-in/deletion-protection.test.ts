import { expect, test } from 'vitest';
import { aGuardrail } from '../testing/a-guardrail.ts';
import { aGrant, anAction, aRecord } from '../testing/an-action.ts';
import { deletionProtection } from './deletion-protection.ts';

const deletion = { door: 'console', verb: 'environment.delete' } as const;
const destroys = { destructive: true, reversible: false };

test.each(['environment.delete', 'plan.apply', 'environment.restore', 'database.execute', 'backup.delete'])(
  '%s that destroys is refused without a change record, and the remedy says what to obtain',
  verb => {
    const { decide } = aGuardrail(deletionProtection, {});
    expect(decide(anAction({ ...deletion, verb, footprint: destroys }))).toEqual({
      effect: 'deny',
      reason: 'it would destroy protected resources, and no decommission change record is attached',
      remedies: [{ kind: 'change-record', of: 'normal' }],
    });
  },
);

test('a decommission with a record that names it, and two seniors, passes', () => {
  const { decide } = aGuardrail(deletionProtection, {});
  const changeRecord = aRecord('Decommission of pricing in na');
  const asked = (approvals: ReturnType<typeof aGrant>[]) =>
    decide(anAction({ ...deletion, footprint: destroys, facts: { changeRecord, approvals } }));
  expect(asked([])).toMatchObject({ effect: 'require-approval', approval: { count: 2, level: 'senior' } });
  expect(asked([aGrant('person-2')]).effect).toBe('require-approval');
  expect(asked([aGrant('person-2'), aGrant('person-3', { kind: 'agent' })]).effect).toBe('require-approval');
  expect(asked([aGrant('person-2'), aGrant('person-3')]).effect).toBe('allow');
});

test.each([
  ['Correct the rounding', 'its change record describes no decommission'],
  ['Decommission of checkout', 'its change record does not name the service'],
])('a record that says "%s" is none of this decommission', (describes, lack) => {
  const { decide } = aGuardrail(deletionProtection, {});
  const facts = { changeRecord: aRecord(describes), approvals: [aGrant('person-2'), aGrant('person-3')] };
  const decision = decide(anAction({ ...deletion, footprint: destroys, facts }));
  expect(decision).toMatchObject({ effect: 'deny', reason: expect.stringContaining(lack) });
});

test('everything at once cannot be decommissioned by one record', () => {
  const { decide } = aGuardrail(deletionProtection, {});
  const facts = { changeRecord: aRecord('Delete *'), approvals: [aGrant('person-2'), aGrant('person-3')] };
  expect(decide(anAction({ ...deletion, resource: '*', footprint: destroys, facts })).effect).toBe('deny');
});

test('what is not protected may be destroyed: staging, other tiers, other tags', () => {
  const { decide } = aGuardrail(deletionProtection, { tiers: [1], tags: ['customer-data'] });
  const action = (changes: object) => anAction({ ...deletion, footprint: destroys, ...changes });
  expect(decide(action({ environment: 'staging', tags: ['customer-data'] })).effect).toBe('allow');
  expect(decide(action({ tier: 2, tags: ['customer-data'] })).effect).toBe('allow');
  expect(decide(action({ tags: ['cache'] })).effect).toBe('allow');
  expect(decide(action({ tags: ['cache', 'customer-data'] })).effect).toBe('deny');
});

test('what destroys nothing passes; a senior person restores in an emergency', () => {
  const { decide } = aGuardrail(deletionProtection, {});
  expect(decide(anAction()).effect).toBe('allow');
  const restore = { ...deletion, verb: 'environment.restore', footprint: destroys };
  const facts = { changeRecord: aRecord('the data is gone', 'emergency') };
  const senior = { id: 'p', kind: 'person', level: 'senior', onBehalfOf: null, session: 'own' } as const;
  expect(decide(anAction({ ...restore, actor: senior, facts })).effect).toBe('allow');
  expect(decide(anAction({ ...restore, facts })).effect).toBe('deny');
  expect(decide(anAction({ ...deletion, footprint: destroys, actor: senior, facts })).effect).toBe('deny');
});
