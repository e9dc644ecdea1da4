import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GuardedAction } from '../ports/action.ts';
import type { ApprovalRequest } from '../ports/control-plane.ts';
import { visibleDoubts } from './review.ts';
import { doubtfulAction, soundAction } from './testing/approval-desk.ts';

function doubtsOf(action: GuardedAction): readonly string[] {
  const request: ApprovalRequest = {
    id: 'ap-1',
    action,
    demand: { count: 1, level: 'mid', expiresAfterMs: 1 },
    requestedAtMs: 0,
    expiresAtMs: 1,
    grants: [],
  };
  return visibleDoubts(request);
}

const sound = soundAction();
const plain = { ...sound, buildDigest: null };
const deletion: GuardedAction = {
  ...plain,
  door: 'console',
  verb: 'environment.delete',
  actor: { ...sound.actor, session: 'inherited' },
  footprint: { ...sound.footprint, destructive: true, reversible: false, rollsOut: false },
  evidence: [],
  changeRecord: null,
  facts: { evidence: [], changeRecord: null, approvals: [] },
};

test('a tested, recorded change by the pipeline raises no doubt', () => {
  expect(doubtsOf(sound)).toEqual([]);
});

test('a deletion for a small correction raises every doubt there is', () => {
  expect(doubtsOf(deletion)).toEqual([
    'it removes resources or data in production (tier 1)',
    'it cannot be undone and was not rehearsed',
    'no evidence is attached',
    'no change record says what it is for',
    'an agent acts in its principal’s session',
    'the task says nothing of removing anything (environment.delete)',
    'it comes by the console door instead of the pipeline',
  ]);
});

test('code pushed past the pipeline raises doubts of proof, reach, record and door', () => {
  expect(doubtsOf(doubtfulAction())).toEqual([
    'no evidence is attached',
    'it reaches all traffic at once',
    'no change record says what it is for',
    'it comes by the configuration door instead of the pipeline',
  ]);
});

test('forged, stale and failed evidence are told apart', () => {
  const fact = sound.facts.evidence[0];
  if (fact === undefined) throw new Error('the sound action has evidence');
  const withFact = (over: object) =>
    doubtsOf({ ...sound, facts: { ...sound.facts, evidence: [{ ...fact, ...over }] } });
  expect(withFact({ state: 'forged' })).toEqual(['nothing is on record for evidence art-1']);
  expect(withFact({ state: 'stale' })).toEqual(['the unit-tests is old or of another build']);
  expect(withFact({ passed: false })).toEqual(['the unit-tests failed']);
});

test('an emergency repair by a person from the runbook needs no proof and no waves', () => {
  const repair: GuardedAction = {
    ...plain,
    door: 'runbook',
    verb: 'environment.restore',
    actor: { ...sound.actor, kind: 'person', onBehalfOf: null },
    footprint: { ...sound.footprint, reversible: false, rollsOut: false },
    evidence: [],
    facts: {
      evidence: [],
      changeRecord: { id: 'cr-9', kind: 'emergency', describes: 'it', openedAtMs: 0, openedBy: 'on-call-1' },
      approvals: [],
    },
  };
  expect(doubtsOf(repair)).toEqual([]);
  expect(doubtsOf({ ...repair, actor: { ...repair.actor, kind: 'agent' } })).not.toEqual([]);
});

test('outside production only false evidence raises a doubt', () => {
  expect(doubtsOf({ ...deletion, environment: 'staging' })).toEqual([]);
});

test('a task that speaks of removal matches a removal', () => {
  const task = 'Decommission the old cost tool';
  expect(doubtsOf({ ...deletion, task }).some(doubt => doubt.startsWith('the task says'))).toBe(false);
});

test('what asks, in whose name and by which id changes nothing: the same request gives the same doubts', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.boolean(), (id, because, aiAssisted) => {
      expect(doubtsOf({ ...deletion, id, because, aiAssisted })).toEqual(doubtsOf(deletion));
    }),
  );
});

test('worse never shows fewer doubts: losing the change record or the evidence only adds', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<GuardedAction[]>(sound, doubtfulAction(), deletion, plain),
      fc.boolean(),
      fc.boolean(),
      (action, dropRecord, dropEvidence) => {
        const worse: GuardedAction = {
          ...action,
          facts: {
            ...action.facts,
            changeRecord: dropRecord ? null : action.facts.changeRecord,
            evidence: dropEvidence ? [] : action.facts.evidence,
          },
        };
        expect(doubtsOf(worse).length).toBeGreaterThanOrEqual(doubtsOf(action).length);
      },
    ),
  );
});
