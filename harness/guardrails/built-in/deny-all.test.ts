import { expect, test } from 'vitest';
import { aGuardrail } from '../testing/a-guardrail.ts';
import { anAction } from '../testing/an-action.ts';
import { denyAll } from './deny-all.ts';

test('whatever changes anything is refused, in staging too; reading is not', () => {
  const { decide } = aGuardrail(denyAll, {});
  expect(decide(anAction()).effect).toBe('deny');
  expect(decide(anAction({ environment: 'staging' })).effect).toBe('deny');
  expect(decide(anAction({ footprint: { readOnly: true } })).effect).toBe('allow');
});
