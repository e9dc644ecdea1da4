import type { ApprovalDemand, ApprovalFact, GuardedAction, Level } from '../ports/action.ts';
import type { ApprovalRequest } from '../ports/control-plane.ts';
import type { ApproverIdentity } from './approvals.ts';

export type Settlement = 'granted' | 'refused' | 'expired';

/** `superseded`: its grants moved to a later request for the same action. */
export type ApprovalStatus = 'pending' | 'granted' | 'refused' | 'expired' | 'used' | 'superseded';

type Grant = ApprovalFact & { readonly expiresAtMs: number };

/** A request for approval as the desk keeps it. */
export interface ApprovalEntry {
  readonly id: string;
  readonly action: GuardedAction;
  readonly requestedAtMs: number;
  readonly lifetimeMs: number;
  readonly expiresAtMs: number;
  /** Builds that the action names: a new commit of one voids the request. */
  readonly builds: ReadonlySet<string>;
  readonly grants: Grant[];
  readonly settled: Deferred<Settlement>;
  demand: ApprovalDemand;
  /** Grants at which the request counts as granted. */
  wanted: number;
  status: ApprovalStatus;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

export interface EntryFields {
  readonly id: string;
  readonly action: GuardedAction;
  readonly demand: ApprovalDemand;
  readonly nowMs: number;
  readonly lifetimeMs: number;
}

export function entryFor({ id, action, demand, nowMs, lifetimeMs }: EntryFields): ApprovalEntry {
  return {
    id,
    action,
    demand,
    requestedAtMs: nowMs,
    lifetimeMs,
    expiresAtMs: nowMs + lifetimeMs,
    builds: buildsNamedBy(action),
    grants: [],
    settled: Promise.withResolvers<Settlement>(),
    wanted: demand.count,
    status: 'pending',
  };
}

/** Why this approver's grant is void; null when it stands. */
export function objectionTo(entry: ApprovalEntry, by: ApproverIdentity, nowMs: number): string | null {
  if (entry.status !== 'pending' && entry.status !== 'granted')
    return `the request is closed: ${entry.status}`;
  if (entry.status === 'pending' && nowMs >= entry.expiresAtMs) return 'the request has expired';
  const { actor } = entry.action;
  const authors = [actor.id, actor.onBehalfOf];
  if (authors.includes(by.id)) return `${by.id} is the author, or the one on whose behalf it was asked`;
  if (by.onBehalfOf != null && authors.includes(by.onBehalfOf))
    return `${by.id} acts on behalf of an author of the request`;
  if (validGrants(entry, nowMs).some(grant => grant.by === by.id)) return `${by.id} has granted it already`;
  return null;
}

export function validGrants(entry: ApprovalEntry, nowMs: number): readonly ApprovalFact[] {
  return entry.grants.filter(grant => nowMs < grant.expiresAtMs).map(({ expiresAtMs: _, ...fact }) => fact);
}

/** Valid grants by people of the level or above. */
export function countingGrants(entry: ApprovalEntry, level: Level, nowMs: number): readonly ApprovalFact[] {
  return validGrants(entry, nowMs).filter(grant => RANK[grant.level] >= RANK[level]);
}
const RANK: Readonly<Record<Level, number>> = { junior: 0, mid: 1, senior: 2 };

/** The stricter of two demands for the same action. */
export function raiseDemand(entry: ApprovalEntry, demand: ApprovalDemand): void {
  const { demand: old } = entry;
  entry.demand = {
    count: Math.max(old.count, demand.count),
    level: RANK[demand.level] > RANK[old.level] ? demand.level : old.level,
    expiresAfterMs: Math.min(old.expiresAfterMs, demand.expiresAfterMs),
  };
  entry.wanted = Math.max(entry.wanted, entry.demand.count);
}

export function asRequest(entry: ApprovalEntry, nowMs: number): ApprovalRequest {
  const { id, action, demand, requestedAtMs, expiresAtMs } = entry;
  return { id, action, demand, requestedAtMs, expiresAtMs, grants: validGrants(entry, nowMs) };
}

function buildsNamedBy(action: GuardedAction): ReadonlySet<string> {
  const { build, set } = action.params;
  const pinned = typeof set === 'object' && set !== null ? (set as Record<string, unknown>).build : undefined;
  return new Set([build, pinned].filter(name => typeof name === 'string'));
}
