import type { GuardedAction } from '../../ports/action.ts';
import type { ApprovalRequest, ControlPlane } from '../../ports/control-plane.ts';

const SOUND_FACTS: GuardedAction['facts'] = {
  evidence: [
    {
      id: 'art-1',
      kind: 'unit-tests',
      state: 'genuine',
      passed: true,
      subject: 'sha256:b',
      recordedAtMs: 0,
    },
  ],
  changeRecord: { id: 'cr-1', kind: 'normal', describes: 'it', openedAtMs: 0, openedBy: 'fixer' },
  approvals: [],
};

/** A change as it should be: a build by the pipeline, tested, recorded, wave by wave. */
export function soundAction(over: Partial<GuardedAction> = {}): GuardedAction {
  return {
    id: 'action-1',
    door: 'pipeline',
    verb: 'rollout.start',
    resource: 'pricing/na',
    params: { build: 'b' },
    actor: {
      id: 'fixer',
      kind: 'agent',
      level: 'mid',
      roles: [],
      onBehalfOf: 'engineer-1',
      session: 'own',
    },
    task: 'Correct the rounding of the total',
    because: 'it is due',
    aiAssisted: true,
    evidence: ['art-1'],
    changeRecord: 'cr-1',
    hash: 'h',
    atMs: 0,
    environment: 'production',
    tier: 1,
    owner: 'shop',
    tags: [],
    footprint: {
      cells: ['pricing/na'],
      destructive: false,
      reversible: true,
      trafficShare: 0.05,
      rollsOut: true,
      readOnly: false,
    },
    buildDigest: 'sha256:b',
    facts: SOUND_FACTS,
    ...over,
  };
}

/** The same change the wrong way: code pushed past the pipeline, untested and unrecorded. */
export function doubtfulAction(over: Partial<GuardedAction> = {}): GuardedAction {
  const sound = soundAction();
  return {
    ...sound,
    door: 'configuration',
    verb: 'config.push',
    evidence: [],
    changeRecord: null,
    footprint: { ...sound.footprint, trafficShare: 1 },
    facts: { evidence: [], changeRecord: null, approvals: [] },
    ...over,
  };
}

/** The approvals of a control plane, and nothing else. */
export function approvalDesk(): Pick<
  ControlPlane,
  'pendingApprovals' | 'onApprovalRequested' | 'grant' | 'refuse'
> & {
  ask(action: GuardedAction, demand?: Partial<ApprovalRequest['demand']>): string;
  readonly settled: Map<string, 'granted' | 'refused'>;
} {
  const listeners = new Set<(request: ApprovalRequest) => void>();
  const settled = new Map<string, 'granted' | 'refused'>();
  let requests: ApprovalRequest[] = [];
  const close = (id: string, how: 'granted' | 'refused') => {
    settled.set(id, how);
    requests = requests.filter(request => request.id !== id);
  };
  return {
    settled,
    ask: (action, demand = {}) => {
      const request: ApprovalRequest = {
        id: `ap-${settled.size + requests.length + 1}`,
        action,
        demand: { count: 1, level: 'mid', expiresAfterMs: 86_400_000, ...demand },
        requestedAtMs: 0,
        expiresAtMs: 86_400_000,
        grants: [],
      };
      requests.push(request);
      for (const listener of listeners) listener(request);
      return request.id;
    },
    pendingApprovals: () => requests,
    onApprovalRequested: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    grant: (id, by) => {
      const request = requests.find(candidate => candidate.id === id);
      if (request === undefined) return { granted: false, why: 'it is settled' };
      const fact = { by: by.id, level: by.level, kind: by.kind, session: by.session, grantedAtMs: 0 };
      const grants = [...request.grants, fact];
      requests = requests.map(other => (other.id === id ? { ...other, grants } : other));
      const complete = grants.length >= request.demand.count;
      if (complete) close(id, 'granted');
      return { granted: true, complete };
    },
    refuse: id => close(id, 'refused'),
  };
}
