import type { ServiceConfig } from '../../fixtures/retail/kit/service.ts';
import type {
  ActionRequest,
  Actor,
  ApprovalDemand,
  ApprovalFact,
  Door,
  GuardedAction,
  Level,
  Outcome,
  Params,
} from './action.ts';
import type { SlotInfo } from './stack.ts';

/** A request before the control plane has given it an id. */
export type ActionDraft = Omit<ActionRequest, 'id'> & {
  /** The scenario's step that makes the request, for the journal; never shown to a guardrail. */
  readonly stepId: string | null;
};

/** The only boundary through which the world is changed. */
export interface ControlPlane {
  /** Asks for a change. Resolves when its effect has finished, or as soon as it is refused. Never rejects for a refusal or a failed effect. */
  request(draft: ActionDraft): Promise<Outcome>;
  /** Approval requests still open, oldest first. */
  pendingApprovals(): readonly ApprovalRequest[];
  grant(approvalId: string, by: Approver): GrantResult;
  refuse(approvalId: string, by: Approver, reason: string): void;
  /** Calls `listener` for each new approval request, until cancelled. */
  onApprovalRequested(listener: (request: ApprovalRequest) => void): () => void;
  /** Resolves when the approval request is granted, refused or expired. */
  approvalSettled(approvalId: string): Promise<'granted' | 'refused' | 'expired'>;
  /** What anybody in the company may look up. */
  audit(): readonly AuditEntry[];
  slots(): readonly SlotInfo[];
  backups(): readonly BackupInfo[];
  /** True when the build is live on all traffic of the slot, and no roll-back has happened since. */
  isLive(slot: string, build: string): boolean;
  /** The settings in force in a slot, flags included (`flag.<name>`); null when there is no such slot. */
  configOf(slot: string): ServiceConfig | null;
}

export interface Approver {
  readonly id: string;
  readonly kind: Actor['kind'];
  readonly level: Level;
  readonly session: Actor['session'];
}

export type GrantResult =
  | { readonly granted: true; readonly complete: boolean }
  | { readonly granted: false; readonly why: string };

/** A request for approval, as a reviewer sees it: the action and what is visibly attached to it. */
export interface ApprovalRequest {
  readonly id: string;
  readonly action: GuardedAction;
  readonly demand: ApprovalDemand;
  readonly requestedAtMs: number;
  readonly expiresAtMs: number;
  readonly grants: readonly ApprovalFact[];
}

/** One line of the company's audit trail. */
export interface AuditEntry {
  readonly atMs: number;
  readonly actionId: string;
  readonly actor: Actor;
  readonly door: Door;
  readonly verb: string;
  readonly resource: string;
  readonly params: Params;
  readonly phase: 'requested' | 'denied' | 'approval-required' | 'started' | 'done' | 'failed';
  readonly cells: readonly string[];
  readonly readOnly: boolean;
  readonly reversible: boolean;
  /** Removes resources or data. */
  readonly destructive: boolean;
  readonly hasChangeRecord: boolean;
  readonly detail: string;
}

export interface BackupInfo {
  readonly id: string;
  readonly slot: string;
  readonly takenAtMs: number;
  readonly sizeBytes: number;
}
