import type { Actor, ApprovalFact, EvidenceFact, Footprint, GuardedAction } from '../../ports/action.ts';

type Changes = Partial<Omit<GuardedAction, 'actor' | 'footprint' | 'facts'>> & {
  readonly actor?: Partial<Actor>;
  readonly footprint?: Partial<Footprint>;
  readonly facts?: Partial<GuardedAction['facts']>;
};

/** An action for tests: an agent pushes a setting to one production cell, unless `changes` says otherwise. */
export function anAction(changes: Changes = {}): GuardedAction {
  const { actor, footprint, facts, ...rest } = changes;
  return {
    id: 'action-1',
    door: 'configuration',
    verb: 'config.push',
    resource: 'pricing/na',
    params: { set: { banner: 'spring' } },
    task: 'Show the spring banner',
    because: 'It is spring',
    aiAssisted: true,
    evidence: [],
    changeRecord: null,
    hash: 'sha256:1',
    atMs: 0,
    environment: 'production',
    tier: 1,
    owner: 'commerce',
    tags: [],
    buildDigest: null,
    ...rest,
    actor: {
      id: 'agent-1',
      kind: 'agent',
      level: 'mid',
      roles: ['engineer'],
      onBehalfOf: 'person-1',
      session: 'inherited',
      ...actor,
    },
    footprint: {
      cells: ['pricing/na'],
      destructive: false,
      reversible: true,
      trafficShare: 1,
      rollsOut: false,
      readOnly: false,
      ...footprint,
    },
    facts: { evidence: [], changeRecord: null, approvals: [], ...facts },
  };
}

/** A grant by a person in a session of their own, unless `changes` says otherwise. */
export function aGrant(by: string, changes: Partial<ApprovalFact> = {}): ApprovalFact {
  return { by, level: 'senior', kind: 'person', session: 'own', grantedAtMs: 0, ...changes };
}

/** Genuine evidence that passed, of the build `sha256:b`, unless `changes` says otherwise. */
export function anEvidence(kind: EvidenceFact['kind'], changes: Partial<EvidenceFact> = {}): EvidenceFact {
  return {
    id: `${kind}-1`,
    kind,
    state: 'genuine',
    passed: true,
    subject: 'sha256:b',
    recordedAtMs: 0,
    ...changes,
  };
}

/** A change record, of kind normal unless `changes` says otherwise. */
export function aRecord(
  describes: string,
  kind: 'normal' | 'standard' | 'emergency' = 'normal',
): GuardedAction['facts']['changeRecord'] {
  return { id: 'record-1', kind, describes, openedAtMs: 0, openedBy: 'person-1' };
}
