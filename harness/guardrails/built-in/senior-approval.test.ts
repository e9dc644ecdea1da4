import { expect, test } from 'vitest';
import { aGuardrail } from '../testing/a-guardrail.ts';
import { aGrant, anAction } from '../testing/an-action.ts';
import { seniorApproval } from './senior-approval.ts';

test('an AI-assisted change by a mid-level author needs a senior person', () => {
  const { decide } = aGuardrail(seniorApproval, {});
  expect(decide(anAction())).toMatchObject({
    effect: 'require-approval',
    approval: { count: 1, level: 'senior' },
  });
  const byMid = [aGrant('person-2', { level: 'mid' })];
  expect(decide(anAction({ facts: { approvals: byMid } })).effect).toBe('require-approval');
  expect(decide(anAction({ facts: { approvals: [aGrant('person-2')] } })).effect).toBe('allow');
});

test('an agent’s change is AI-assisted, whatever it says of itself', () => {
  const { decide } = aGuardrail(seniorApproval, {});
  expect(decide(anAction({ aiAssisted: false })).effect).toBe('require-approval');
  const person = { kind: 'person', id: 'p', onBehalfOf: null, session: 'own' } as const;
  expect(decide(anAction({ aiAssisted: false, actor: person })).effect).toBe('allow');
  expect(decide(anAction({ aiAssisted: true, actor: person })).effect).toBe('require-approval');
});

test('seniors are free unless the options name them', () => {
  const action = anAction({ actor: { level: 'senior' } });
  expect(aGuardrail(seniorApproval, {}).decide(action).effect).toBe('allow');
  const strict = aGuardrail(seniorApproval, { authors: ['junior', 'mid', 'senior'] });
  expect(strict.decide(action).effect).toBe('require-approval');
});
