import { expect, test } from 'vitest';
import type { EvidenceFact } from '../../ports/action.ts';
import { aGuardrail } from '../testing/a-guardrail.ts';
import { anAction, anEvidence, aRecord } from '../testing/an-action.ts';
import { requiredEvidence } from './required-evidence.ts';

const build = { verb: 'rollout.start', buildDigest: 'sha256:b' } as const;
const both = [anEvidence('unit-tests'), anEvidence('load-run')];

function decide(evidence: readonly EvidenceFact[], changes: Parameters<typeof anAction>[0] = build) {
  const facts = { evidence, changeRecord: aRecord('a new build') };
  return aGuardrail(requiredEvidence, {}).decide(anAction({ ...changes, facts }));
}

test('a build with passed tests, a passed load run and a change record goes live', () => {
  expect(decide(both).effect).toBe('allow');
});

test('what is missing is named, each with its remedy', () => {
  const { decide: ask } = aGuardrail(requiredEvidence, {});
  expect(ask(anAction(build))).toEqual({
    effect: 'deny',
    reason:
      'evidence of kind unit-tests is missing; evidence of kind load-run is missing; no change record is named',
    remedies: [
      { kind: 'evidence', of: 'unit-tests' },
      { kind: 'evidence', of: 'load-run' },
      { kind: 'change-record', of: 'normal' },
    ],
  });
});

test.each([
  [
    'forged',
    anEvidence('unknown', { id: 'made-up', state: 'forged' }),
    'evidence "made-up" is forged: nothing of that id was ever recorded',
    [],
  ],
  [
    'stale',
    anEvidence('load-run', { state: 'stale' }),
    'load-run "load-run-1" is stale: of another build, or too old',
    [{ kind: 'evidence', of: 'load-run' }],
  ],
  [
    'of another build',
    anEvidence('load-run', { subject: 'sha256:c' }),
    'load-run "load-run-1" is stale: of another build, or too old',
    [{ kind: 'evidence', of: 'load-run' }],
  ],
  ['failed', anEvidence('load-run', { passed: false }), 'load-run "load-run-1" did not pass', []],
])('%s evidence is refused for its own reason', (_how, evidence, reason, remedies) => {
  expect(decide([anEvidence('unit-tests'), evidence])).toEqual({ effect: 'deny', reason, remedies });
});

test('forged evidence is refused even when nothing is needed', () => {
  const settings = { verb: 'config.push', buildDigest: null };
  expect(decide([], settings).effect).toBe('allow');
  expect(decide([anEvidence('unknown', { state: 'forged' })], settings).effect).toBe('deny');
});

test('the newest run counts, so that running until it passes once is no evidence', () => {
  const failedLater = anEvidence('load-run', { id: 'second', passed: false, recordedAtMs: 10 });
  const passedLater = anEvidence('load-run', { id: 'third', recordedAtMs: 20 });
  expect(decide([...both, failedLater]).effect).toBe('deny');
  expect(decide([passedLater, ...both, failedLater]).effect).toBe('allow');
});

test('a plan needs its dry run, a roll-back needs none, staging and preparing need nothing', () => {
  expect(decide([], { verb: 'plan.apply' })).toMatchObject({
    remedies: [{ kind: 'evidence', of: 'dry-run' }],
  });
  expect(decide([anEvidence('dry-run', { subject: 'plan' })], { verb: 'plan.apply' }).effect).toBe('allow');
  expect(decide([], { verb: 'rollout.rollback', buildDigest: 'sha256:a' }).effect).toBe('allow');
  expect(decide([], { ...build, environment: 'staging' }).effect).toBe('allow');
  expect(decide([], { verb: 'build.submit', buildDigest: 'sha256:b' }).effect).toBe('allow');
});

test('requirements hold for the tiers and verbs that they name', () => {
  const { decide: ask } = aGuardrail(requiredEvidence, {
    requirements: [{ verbs: ['rollout.*'], tiers: [1], builds: true, evidence: ['load-run'] }],
  });
  expect(ask(anAction(build)).effect).toBe('deny');
  expect(ask(anAction({ ...build, tier: 2 })).effect).toBe('allow');
  expect(ask(anAction({ ...build, verb: 'config.push' })).effect).toBe('allow');
});
