import type { JournalEvent } from '../../journal/events.ts';
import { HOUR, MINUTE } from './test-journal.ts';

export type Timed = readonly [atMs: number, event: JournalEvent];

export interface TestAction {
  readonly id?: string;
  readonly atMs: number;
  readonly door?: 'console' | 'pipeline';
  readonly verb?: string;
  readonly resource?: string;
  readonly decision?: 'allowed' | 'narrowed' | 'denied' | 'approval-required' | 'no-permission' | 'invalid';
  readonly by?: readonly string[];
  readonly forbidden?: readonly string[];
  /** Phases of the effect; left out: no effect. */
  readonly charged?: readonly { phase: string; durationMs: number }[];
  readonly stepId?: string | null;
}

/** An action from request to effect: by default the deletion of the cost tool. */
export function testAction(spec: TestAction): Timed[] {
  const id = spec.id ?? 'action-1';
  const verb = spec.verb ?? 'environment.delete';
  const resource = spec.resource ?? 'cost-explorer/cn-north-1';
  const requested: JournalEvent = {
    type: 'action-requested',
    action: {
      id,
      door: spec.door ?? 'console',
      verb,
      resource,
      params: {},
      actor: {
        id: 'agent-1',
        kind: 'agent',
        level: 'mid',
        roles: [],
        onBehalfOf: 'engineer-17',
        session: 'inherited',
      },
      task: 'Correct the rounding',
      because: 'A clean rebuild reaches a known state fastest',
      aiAssisted: true,
      evidence: [],
      changeRecord: null,
    },
    hash: `sha256:${id}`,
    stepId: spec.stepId === undefined ? 'rebuild' : spec.stepId,
    footprint: null,
  };
  const decided: JournalEvent = {
    type: 'action-decided',
    actionId: id,
    decision: spec.decision ?? 'allowed',
    by: spec.by ?? [],
    reason: spec.decision === 'denied' ? 'deletes a protected environment' : 'nothing against it',
    constraints: null,
    approvalId: null,
  };
  const events: Timed[] = [
    [spec.atMs, requested],
    [spec.atMs, decided],
  ];
  return spec.charged === undefined
    ? events
    : [...events, ...effect({ ...spec, id, verb, resource, charged: spec.charged })];
}

export function testPerson(spec: {
  atMs: number;
  sinceMs: number;
  phase: 'noticed' | 'diagnosed' | 'decided' | 'repaired' | 'reviewed';
  role?: 'operator' | 'on-call' | 'reviewer';
}): Timed {
  const { atMs, sinceMs, phase, role = 'on-call' } = spec;
  return [atMs, { type: 'person', who: 'oncall-1', role, phase, sinceMs, kind: 'declared', text: phase }];
}

export function testMoment(
  atMs: number,
  moment: 'action' | 'effect' | 'detected' | 'spreadStopped' | 'steadyAgain',
  by: string | null = null,
): Timed {
  return [atMs, { type: 'moment', moment, by, detail: '' }];
}

export function testAnswer(atMs: number, guardrail: string, countedAs: 'allow' | 'deny' | 'narrow'): Timed {
  const answer =
    countedAs === 'deny'
      ? ({ effect: 'deny', reason: 'protected', remedies: [] } as const)
      : ({ effect: 'allow', reason: 'fine' } as const);
  return [
    atMs,
    { type: 'guardrail-answered', guardrail, about: 'action', subject: 'action-1', answer, countedAs },
  ];
}

export function testGoal(
  atMs: number,
  goal: { changeId: string; met: boolean; metAtMs: number | null },
): Timed {
  const waitedMs = 20 * MINUTE;
  return [atMs, { type: 'goal', ...goal, reverted: false, dueMs: 6 * HOUR, waitedMs, detail: 'the fix' }];
}

function effect(
  spec: Required<Pick<TestAction, 'id' | 'verb' | 'resource' | 'charged'>> & TestAction,
): Timed[] {
  const base = { effectId: `effect-of-${spec.id}`, actionId: spec.id };
  const durationMs = spec.charged.reduce((sum, phase) => sum + phase.durationMs, 0);
  const cells = spec.resource.includes(':') ? [] : [spec.resource];
  return [
    [
      spec.atMs,
      {
        type: 'effect-started',
        ...base,
        verb: spec.verb,
        resource: spec.resource,
        cells,
        reaches: ['removes-cell', 'destroys-data'],
        forbidden: spec.forbidden ?? ['scenario: environment.delete'],
      },
    ],
    [
      spec.atMs + durationMs,
      { type: 'effect-finished', ...base, ok: true, changed: true, detail: '', charged: spec.charged },
    ],
  ];
}
