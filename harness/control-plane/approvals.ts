import type { Journal } from '../journal/journal.ts';
import type { Cancel, Clock } from '../kernel/clock.ts';
import type { ApprovalDemand, ApprovalFact, GuardedAction } from '../ports/action.ts';
import type { ApprovalRequest, Approver, GrantResult } from '../ports/control-plane.ts';
import {
  type ApprovalEntry,
  type ApprovalStatus,
  asRequest,
  countingGrants,
  entryFor,
  objectionTo,
  raiseDemand,
  type Settlement,
  validGrants,
} from './approval-entry.ts';

export interface ApprovalsDeps {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly newId: (prefix: string) => string;
  /** Longest life of a request and of a grant, ms. A demand may shorten it. */
  readonly expireAfterMs: number;
}

/** An approver, and on whose behalf it acts. */
export type ApproverIdentity = Approver & { readonly onBehalfOf?: string | null };

/** Requests for approval and their grants. It enforces identity, binding, expiry and single use; which grants count is for guardrails. */
export interface Approvals {
  /** Opens a request for the action, or takes up the one that is open for its hash. */
  open(action: GuardedAction, demand: ApprovalDemand): ApprovalRequest;
  grant(approvalId: string, by: ApproverIdentity): GrantResult;
  refuse(approvalId: string, by: Approver, reason: string): void;
  /** Takes back the grant of that person; false when there is none. */
  revoke(approvalId: string, byId: string): boolean;
  /** Grants that stand for this hash now. */
  validFor(hash: string): readonly ApprovalFact[];
  /** The action is being carried out: what was granted for it is spent. */
  use(hash: string): void;
  /** A new commit of the build: whatever was asked or granted for it is void. */
  buildSubmitted(build: string): void;
  find(approvalId: string): ApprovalRequest | null;
  pending(): readonly ApprovalRequest[];
  settled(approvalId: string): Promise<Settlement>;
  onRequested(listener: (request: ApprovalRequest) => void): Cancel;
  close(): void;
}

export function createApprovals(deps: ApprovalsDeps): Approvals {
  return new ApprovalDesk(deps);
}

class ApprovalDesk implements Approvals {
  private readonly deps: ApprovalsDeps;
  private readonly entries = new Map<string, ApprovalEntry>();
  private readonly listeners = new Set<(request: ApprovalRequest) => void>();
  private readonly timers = new Set<Cancel>();

  constructor(deps: ApprovalsDeps) {
    this.deps = deps;
  }

  open(action: GuardedAction, demand: ApprovalDemand): ApprovalRequest {
    const nowMs = this.deps.clock.nowMs();
    const live = this.liveFor(action.hash);
    if (live?.status === 'pending') {
      raiseDemand(live, demand);
      return asRequest(live, nowMs);
    }
    // Granted in full and yet not enough for the guardrails: at least one more is needed than stands now.
    const standing = live === undefined ? 0 : countingGrants(live, demand.level, nowMs).length;
    if (live !== undefined) live.status = 'superseded';
    const lifetimeMs = Math.min(this.deps.expireAfterMs, demand.expiresAfterMs);
    const entry = entryFor({ id: this.deps.newId('approval'), action, demand, nowMs, lifetimeMs });
    entry.wanted = Math.max(demand.count, standing + 1);
    if (live !== undefined) entry.grants.push(...live.grants);
    this.entries.set(entry.id, entry);
    this.journal(entry, 'requested', action.actor.id, action.because, demand);
    this.checkAt(entry, entry.expiresAtMs);
    const request = asRequest(entry, nowMs);
    for (const listener of [...this.listeners]) listener(request);
    return request;
  }

  grant(approvalId: string, by: ApproverIdentity): GrantResult {
    const nowMs = this.deps.clock.nowMs();
    const entry = this.entries.get(approvalId);
    if (entry === undefined) return { granted: false, why: `there is no request for approval ${approvalId}` };
    const why = objectionTo(entry, by, nowMs);
    if (why !== null) {
      this.journal(entry, 'rejected-grant', by.id, why);
      return { granted: false, why };
    }
    const { id, level, kind, session } = by;
    const expiresAtMs = nowMs + entry.lifetimeMs;
    entry.grants.push({ by: id, level, kind, session, grantedAtMs: nowMs, expiresAtMs });
    this.checkAt(entry, expiresAtMs);
    const standing = countingGrants(entry, entry.demand.level, nowMs).length;
    const complete = standing >= entry.wanted;
    this.journal(
      entry,
      'granted',
      id,
      `${standing} of ${entry.wanted} grants of level ${entry.demand.level}`,
    );
    if (complete && entry.status === 'pending') this.settle(entry, 'granted', 'granted');
    return { granted: true, complete };
  }

  refuse(approvalId: string, by: Approver, reason: string): void {
    const entry = this.entries.get(approvalId);
    if (entry === undefined || entry.status !== 'pending') return;
    this.journal(entry, 'refused', by.id, reason);
    this.settle(entry, 'refused', 'refused');
  }

  revoke(approvalId: string, byId: string): boolean {
    const entry = this.entries.get(approvalId);
    if (entry === undefined || !isLive(entry)) return false;
    const index = entry.grants.findIndex(grant => grant.by === byId);
    if (index === -1) return false;
    entry.grants.splice(index, 1);
    this.journal(entry, 'revoked', byId, 'its giver took the grant back');
    const nowMs = this.deps.clock.nowMs();
    const standing = countingGrants(entry, entry.demand.level, nowMs).length;
    if (entry.status === 'granted' && standing < entry.wanted) {
      if (nowMs < entry.expiresAtMs) entry.status = 'pending';
      else this.expire(entry);
    }
    return true;
  }

  validFor(hash: string): readonly ApprovalFact[] {
    const entry = this.liveFor(hash);
    return entry === undefined ? [] : validGrants(entry, this.deps.clock.nowMs());
  }

  use(hash: string): void {
    const entry = this.liveFor(hash);
    if (entry === undefined) return;
    const hadGrants = validGrants(entry, this.deps.clock.nowMs()).length > 0;
    if (hadGrants) this.journal(entry, 'used', null, 'the action it was given for is carried out');
    this.settle(entry, 'used', hadGrants ? 'granted' : 'expired');
  }

  buildSubmitted(build: string): void {
    for (const entry of this.entries.values()) {
      if (!isLive(entry) || !entry.builds.has(build)) continue;
      this.journal(entry, 'revoked', null, `${build} was submitted again`);
      this.settle(entry, 'expired', 'expired');
    }
  }

  find(approvalId: string): ApprovalRequest | null {
    const entry = this.entries.get(approvalId);
    return entry === undefined ? null : asRequest(entry, this.deps.clock.nowMs());
  }

  pending(): readonly ApprovalRequest[] {
    const nowMs = this.deps.clock.nowMs();
    return [...this.entries.values()]
      .filter(entry => entry.status === 'pending' && nowMs < entry.expiresAtMs)
      .map(entry => asRequest(entry, nowMs));
  }

  settled(approvalId: string): Promise<Settlement> {
    return this.entries.get(approvalId)?.settled.promise ?? Promise.resolve('expired');
  }

  onRequested(listener: (request: ApprovalRequest) => void): Cancel {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  close(): void {
    for (const cancel of this.timers) cancel();
    this.timers.clear();
  }

  private liveFor(hash: string): ApprovalEntry | undefined {
    const nowMs = this.deps.clock.nowMs();
    return [...this.entries.values()].findLast(
      entry =>
        entry.action.hash === hash &&
        isLive(entry) &&
        !(entry.status === 'pending' && nowMs >= entry.expiresAtMs),
    );
  }

  /** Looks at the entry again when something of it may have run out. */
  private checkAt(entry: ApprovalEntry, atMs: number): void {
    const cancel = this.deps.clock.at(atMs, () => {
      this.timers.delete(cancel);
      const nowMs = this.deps.clock.nowMs();
      const standing = countingGrants(entry, entry.demand.level, nowMs).length;
      const isOver =
        (entry.status === 'pending' && nowMs >= entry.expiresAtMs) ||
        (entry.status === 'granted' && standing < entry.wanted);
      if (isOver) this.expire(entry);
    });
    this.timers.add(cancel);
  }

  private expire(entry: ApprovalEntry): void {
    this.journal(entry, 'expired', null, 'its time ran out');
    this.settle(entry, 'expired', 'expired');
  }

  private settle(entry: ApprovalEntry, status: ApprovalStatus, answer: Settlement): void {
    entry.status = status;
    entry.settled.resolve(answer);
  }

  private journal(
    entry: ApprovalEntry,
    phase: 'requested' | 'granted' | 'rejected-grant' | 'refused' | 'expired' | 'revoked' | 'used',
    by: string | null,
    reason: string,
    demand: ApprovalDemand | null = null,
  ): void {
    const { id: approvalId, action } = entry;
    this.deps.journal.write({
      type: 'approval',
      approvalId,
      actionId: action.id,
      phase,
      by,
      reason,
      demand,
    });
  }
}

function isLive(entry: ApprovalEntry): boolean {
  return entry.status === 'pending' || entry.status === 'granted';
}
