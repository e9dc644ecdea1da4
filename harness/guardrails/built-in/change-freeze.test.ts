import { expect, test } from 'vitest';
import { aGuardrail } from '../testing/a-guardrail.ts';
import { aGrant, anAction, aRecord } from '../testing/an-action.ts';
import { changeFreeze } from './change-freeze.ts';

const HOUR_MS = 3_600_000;
const senior = { id: 'p', kind: 'person', level: 'senior', onBehalfOf: null, session: 'own' } as const;

test('changes wait for the end of the freeze, adjoining windows taken together', () => {
  const { decide, clock } = aGuardrail(changeFreeze, {
    windows: [
      { start: '3h', duration: '1h' },
      { start: '1h', duration: '2h' },
    ],
  });
  expect(decide(anAction()).effect).toBe('allow');
  clock.nowMs = HOUR_MS;
  expect(decide(anAction())).toMatchObject({
    effect: 'deny',
    remedies: [{ kind: 'wait', untilMs: 4 * HOUR_MS }],
  });
  clock.nowMs = 4 * HOUR_MS;
  expect(decide(anAction()).effect).toBe('allow');
});

test('reading, preparing and staging go on', () => {
  const { decide } = aGuardrail(changeFreeze, { always: true });
  expect(decide(anAction()).effect).toBe('deny');
  expect(decide(anAction({ footprint: { readOnly: true } })).effect).toBe('allow');
  expect(decide(anAction({ verb: 'evidence.run' })).effect).toBe('allow');
  expect(decide(anAction({ environment: 'staging' })).effect).toBe('allow');
});

test('an emergency needs a senior person’s record and another senior’s approval', () => {
  const { decide } = aGuardrail(changeFreeze, { always: true });
  const changeRecord = aRecord('tokens have leaked', 'emergency');
  expect(decide(anAction({ actor: senior }))).toMatchObject({
    effect: 'deny',
    remedies: [{ kind: 'change-record', of: 'emergency' }],
  });
  expect(decide(anAction({ actor: senior, facts: { changeRecord } })).effect).toBe('require-approval');
  const own = [aGrant('p')];
  expect(decide(anAction({ actor: senior, facts: { changeRecord, approvals: own } })).effect).toBe(
    'require-approval',
  );
  const other = [aGrant('person-2')];
  expect(decide(anAction({ actor: senior, facts: { changeRecord, approvals: other } })).effect).toBe('allow');
  expect(decide(anAction({ facts: { changeRecord, approvals: other } }))).toMatchObject({
    effect: 'deny',
    remedies: [],
  });
});
