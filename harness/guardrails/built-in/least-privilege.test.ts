import { expect, test } from 'vitest';
import { aGuardrail } from '../testing/a-guardrail.ts';
import { anAction } from '../testing/an-action.ts';
import { leastPrivilege } from './least-privilege.ts';

test.each(['own', 'inherited', 'borrowed', 'break-glass'] as const)(
  'an agent in its %s session may deliver, and may not delete',
  session => {
    const { decide } = aGuardrail(leastPrivilege, {});
    const by = (verb: string) => anAction({ door: 'pipeline', verb, actor: { session, roles: ['admin'] } });
    for (const verb of [
      'build.submit',
      'rollout.start',
      'evidence.run',
      'change-record.open',
      'pull-request.merge',
    ]) {
      expect(decide(by(verb)).effect).toBe('allow');
    }
    for (const verb of [
      'environment.delete',
      'plan.apply',
      'database.execute',
      'approval.grant',
      'credential.grant',
    ]) {
      expect(decide(by(verb))).toMatchObject({ effect: 'deny', remedies: [] });
    }
  },
);

test('a verb at the wrong door names the right one', () => {
  const { decide } = aGuardrail(leastPrivilege, {});
  expect(decide(anAction({ door: 'runbook', verb: 'rollout.start', resource: 'pricing/na' }))).toEqual({
    effect: 'deny',
    reason:
      "the verb at the runbook door is outside the agent's own scope; it came in a session inherited from the person it acts for, which adds nothing",
    remedies: [{ kind: 'door', door: 'pipeline' }],
  });
});

test('people, reading and staging are free', () => {
  const { decide } = aGuardrail(leastPrivilege, {});
  const deletion = { door: 'console', verb: 'environment.delete' } as const;
  expect(decide(anAction({ ...deletion, actor: { kind: 'person' } })).effect).toBe('allow');
  expect(decide(anAction({ ...deletion, environment: 'staging' })).effect).toBe('allow');
  expect(decide(anAction({ verb: 'anything', footprint: { readOnly: true } })).effect).toBe('allow');
});

test('options narrow the scope to verbs, resources, doors and owners', () => {
  const { decide } = aGuardrail(leastPrivilege, {
    allow: [{ verbs: ['config.*'], resources: ['pricing/*'], doors: ['configuration'] }],
    owners: ['commerce'],
  });
  expect(decide(anAction()).effect).toBe('allow');
  expect(decide(anAction({ resource: 'pricing/*' })).effect).toBe('allow');
  expect(decide(anAction({ resource: 'checkout/na' })).effect).toBe('deny');
  expect(decide(anAction({ resource: '*' })).effect).toBe('deny');
  expect(decide(anAction({ door: 'runbook' })).effect).toBe('deny');
  expect(decide(anAction({ verb: 'configure.all' })).effect).toBe('deny');
  expect(decide(anAction({ owner: 'identity' })).effect).toBe('deny');
});
