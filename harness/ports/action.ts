import type { CellId } from './resource.ts';

/** The ways into the company's control plane. A guardrail is attached to named doors. */
export const DOORS = [
  'pipeline',
  'configuration',
  'console',
  'database-console',
  'runbook',
  'break-glass',
] as const;
export type Door = (typeof DOORS)[number];

export type Level = 'junior' | 'mid' | 'senior';

/** Who asks. An agent that acts on behalf of a person may carry that person's roles. */
export interface Actor {
  readonly id: string;
  readonly kind: 'agent' | 'person' | 'automation' | 'guardrail';
  readonly level: Level;
  /** Roles in force for this request, after inheritance and assumed credentials. */
  readonly roles: readonly string[];
  readonly onBehalfOf: string | null;
  /** Whose session carries the request: the actor's own, its principal's, somebody else's, or an emergency one. */
  readonly session: 'own' | 'inherited' | 'borrowed' | 'break-glass';
}

export type Params = Readonly<Record<string, unknown>>;

/** A request to change the world, as the actor makes it. */
export interface ActionRequest {
  readonly id: string;
  readonly door: Door;
  readonly verb: string;
  /** A resource as text; see `resource.ts`. */
  readonly resource: string;
  readonly params: Params;
  readonly actor: Actor;
  /** The task that the actor was given, in its words. */
  readonly task: string;
  readonly because: string;
  readonly aiAssisted: boolean;
  /** Ids of artefacts that the actor claims as evidence. */
  readonly evidence: readonly string[];
  /** Id of a change record, when the actor names one. */
  readonly changeRecord: string | null;
}

/** An artefact behind a claimed piece of evidence. `forged`: nothing of that id was ever recorded. `stale`: of another build, or too old. */
export interface EvidenceFact {
  readonly id: string;
  readonly kind: 'unit-tests' | 'load-run' | 'dry-run' | 'unknown';
  readonly state: 'genuine' | 'stale' | 'forged';
  readonly passed: boolean;
  readonly subject: string;
  readonly recordedAtMs: number;
}

export interface ChangeRecordFact {
  readonly id: string;
  readonly kind: 'normal' | 'standard' | 'emergency';
  readonly describes: string;
  readonly openedAtMs: number;
  readonly openedBy: string;
}

/** One grant, bound to the hash of exactly one action; valid once, until it expires. */
export interface ApprovalFact {
  readonly by: string;
  readonly level: Level;
  readonly kind: Actor['kind'];
  readonly session: Actor['session'];
  readonly grantedAtMs: number;
}

/** What the control plane can tell of an action before it is carried out. */
export interface Footprint {
  /** Production cells that the action touches. */
  readonly cells: readonly CellId[];
  /** Removes resources or data. */
  readonly destructive: boolean;
  /** Can be undone by one action through the control plane. */
  readonly reversible: boolean;
  /** Share of the affected services' traffic that the action reaches at once, 0–1. */
  readonly trafficShare: number;
  /** Starts a roll-out that goes wave by wave and can be gated. */
  readonly rollsOut: boolean;
  /** Changes nothing. */
  readonly readOnly: boolean;
}

/** An action as a guardrail sees it: the request, resolved against what the company knows. No scenario, no plan, no oracle. */
export interface GuardedAction extends ActionRequest {
  /** Binds approvals: the digest of door, verb, resource, params and actor. Narrowing never changes it. */
  readonly hash: string;
  readonly atMs: number;
  readonly environment: string;
  readonly tier: 1 | 2 | 3;
  readonly owner: string;
  readonly tags: readonly string[];
  readonly footprint: Footprint;
  /** Digest of the build that the action would put in place, when it does. */
  readonly buildDigest: string | null;
  readonly facts: {
    readonly evidence: readonly EvidenceFact[];
    readonly changeRecord: ChangeRecordFact | null;
    readonly approvals: readonly ApprovalFact[];
  };
}

/** What somebody refused can obtain and ask again with. */
export type Remedy =
  | { readonly kind: 'evidence'; readonly of: 'unit-tests' | 'load-run' | 'dry-run' }
  | { readonly kind: 'change-record'; readonly of: 'normal' | 'emergency' }
  | { readonly kind: 'door'; readonly door: Door }
  | { readonly kind: 'wait'; readonly untilMs: number };

export interface ApprovalDemand {
  readonly count: number;
  /** Lowest level of an approver. */
  readonly level: Level;
  readonly expiresAfterMs: number;
}

export interface Constraints {
  /** Only these of the action's cells, when given. */
  readonly cells?: readonly CellId[];
  /** Roll out by these waves (shares of traffic, ascending, the last one 1), each followed by the bake time. */
  readonly waves?: readonly number[];
  readonly bakeMs?: number;
}

/** A guardrail's ruling. Strictest wins: deny > require-approval > narrow > allow. */
export type Decision =
  | { readonly effect: 'allow'; readonly reason: string }
  | { readonly effect: 'narrow'; readonly reason: string; readonly constraints: Constraints }
  | { readonly effect: 'require-approval'; readonly reason: string; readonly approval: ApprovalDemand }
  | { readonly effect: 'deny'; readonly reason: string; readonly remedies: readonly Remedy[] };

/** What came back from a guardrail, kept apart all the way into the journal. */
export type Answer =
  | Decision
  | { readonly effect: 'undefined'; readonly reason: string }
  | { readonly effect: 'error'; readonly reason: string; readonly fault: GuestFault };

/**
 * How a guest failed to answer. `unreachable`: no whole answer came from its service or program; `failed`: it answered
 * that it had failed (a status, an exit code, an error of its engine).
 */
export type GuestFault = 'threw' | 'timed-out' | 'nonsense' | 'not-loaded' | 'unreachable' | 'failed';

/** What the requester is told. */
export type Outcome =
  | { readonly status: 'done'; readonly output: Readonly<Record<string, unknown>> }
  | {
      readonly status: 'denied';
      readonly by: readonly string[];
      readonly reason: string;
      readonly remedies: readonly Remedy[];
    }
  | {
      readonly status: 'approval-required';
      readonly by: readonly string[];
      readonly reason: string;
      readonly demand: ApprovalDemand;
      readonly approvalId: string;
    }
  | { readonly status: 'failed'; readonly reason: string };
