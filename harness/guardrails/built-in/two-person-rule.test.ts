import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aGuardrail } from '../testing/a-guardrail.ts';
import { aGrant, anAction, aRecord } from '../testing/an-action.ts';
import { arbitraryAction } from '../testing/arbitrary-action.ts';
import { twoPersonRule } from './two-person-rule.ts';

test('a production change asks for as many others as the options say, then passes', () => {
  const { decide } = aGuardrail(twoPersonRule, { approvers: 2, level: 'mid', expiresAfter: '4h' });
  expect(decide(anAction({ facts: { approvals: [aGrant('person-2')] } }))).toMatchObject({
    effect: 'require-approval',
    approval: { count: 2, level: 'mid', expiresAfterMs: 4 * 3_600_000 },
  });
  const approvals = [aGrant('person-2'), aGrant('person-3', { level: 'mid' })];
  expect(decide(anAction({ facts: { approvals } })).effect).toBe('allow');
});

test.each([
  ['the author', aGrant('agent-1')],
  ['the person on whose behalf it acts', aGrant('person-1')],
  ['another agent', aGrant('agent-2', { kind: 'agent' })],
  ['a borrowed session', aGrant('person-2', { session: 'borrowed' })],
  ['an inherited session', aGrant('person-2', { session: 'inherited' })],
  ['a person below the level', aGrant('person-2', { level: 'junior' })],
])('a grant by %s does not count', (_who, grant) => {
  const { decide } = aGuardrail(twoPersonRule, { level: 'mid' });
  expect(decide(anAction({ facts: { approvals: [grant] } })).effect).toBe('require-approval');
});

test('one person granting twice is one person', () => {
  const { decide } = aGuardrail(twoPersonRule, { approvers: 2 });
  const approvals = [aGrant('person-2'), aGrant('person-2')];
  expect(decide(anAction({ facts: { approvals } })).effect).toBe('require-approval');
});

test('staging, reading, preparing and other tiers pass', () => {
  const { decide } = aGuardrail(twoPersonRule, { tiers: [1] });
  expect(decide(anAction({ environment: 'staging' })).effect).toBe('allow');
  expect(decide(anAction({ footprint: { readOnly: true } })).effect).toBe('allow');
  expect(decide(anAction({ verb: 'build.submit' })).effect).toBe('allow');
  expect(decide(anAction({ tier: 2 })).effect).toBe('allow');
  expect(decide(anAction({ tier: 1 })).effect).toBe('require-approval');
});

test('a merge that deploys is a production change, one that does not is none', () => {
  const { decide } = aGuardrail(twoPersonRule, {});
  const merge = { verb: 'pull-request.merge', door: 'pipeline' } as const;
  expect(decide(anAction(merge)).effect).toBe('require-approval');
  expect(decide(anAction({ ...merge, footprint: { cells: [] } })).effect).toBe('allow');
});

test('an emergency lets a senior person through, and nobody else', () => {
  const facts = { changeRecord: aRecord('prices are down', 'emergency') };
  const senior = { id: 'p', kind: 'person', level: 'senior', onBehalfOf: null, session: 'own' } as const;
  const { decide } = aGuardrail(twoPersonRule, {});
  expect(decide(anAction({ actor: senior, facts })).effect).toBe('allow');
  expect(decide(anAction({ actor: { ...senior, level: 'mid' }, facts })).effect).toBe('require-approval');
  expect(decide(anAction({ actor: { ...senior, kind: 'agent' }, facts })).effect).toBe('require-approval');
  expect(decide(anAction({ actor: { ...senior, session: 'borrowed' }, facts })).effect).toBe(
    'require-approval',
  );
  expect(decide(anAction({ actor: senior, facts: { changeRecord: aRecord('x') } })).effect).toBe(
    'require-approval',
  );
  const strict = aGuardrail(twoPersonRule, { exemptEmergency: false });
  expect(strict.decide(anAction({ actor: senior, facts })).effect).toBe('require-approval');
});

test('whatever grants there are, a change passes only with enough distinct people in their own sessions', () => {
  const { decide } = aGuardrail(twoPersonRule, { approvers: 2, exemptEmergency: false });
  fc.assert(
    fc.property(arbitraryAction, odd => {
      const action = anAction({ actor: odd.actor, facts: { approvals: odd.facts.approvals } });
      const others = odd.facts.approvals.filter(
        ({ by, kind, session }) =>
          kind === 'person' && session === 'own' && by !== odd.actor.id && by !== odd.actor.onBehalfOf,
      );
      const people = new Set(others.map(({ by }) => by)).size;
      expect(decide(action).effect).toBe(people >= 2 ? 'allow' : 'require-approval');
    }),
  );
});
