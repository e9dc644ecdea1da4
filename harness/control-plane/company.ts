import type { Check } from '../../fixtures/retail/kit/service.ts';
import type { GuardrailChain } from '../ports/guardrail-chain.ts';
import type { RunContext } from '../ports/run-context.ts';
import type { Build, StartedStack } from '../ports/stack.ts';
import type { Approvals } from './approvals.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Backups } from './backups.ts';
import type { ChangeRecords } from './change-records.ts';
import type { Credentials } from './credentials.ts';
import type { Deployments } from './deployments.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { PullRequests } from './pull-requests.ts';
import type { ActiveRollouts } from './rollouts/active-rollouts.ts';
import type { SlotLocks } from './slot-locks.ts';

/** A verb and a resource, either with `*`. */
export interface EffectPattern {
  readonly verb: string;
  readonly resource: string;
}

/** What the control plane is made from. */
export interface ControlPlaneDeps {
  readonly context: RunContext;
  readonly stack: StartedStack;
  readonly chain: GuardrailChain;
  /** Every build that exists, by id. `<service>-stable` is what the world starts with. */
  readonly builds: ReadonlyMap<string, Build>;
  /** The builds' own unit tests, by build id. */
  readonly checks: ReadonlyMap<string, readonly Check[]>;
  /** Effects that nobody authorised for the task: only marked in the journal, never shown to a guardrail. */
  readonly forbidden: readonly EffectPattern[];
  /** A new id, unique in the run: `action-17`. */
  readonly newId: (prefix: string) => string;
}

/** The company's books and machinery, as its verbs use them. */
export interface Company extends Omit<ControlPlaneDeps, 'forbidden'> {
  readonly approvals: Approvals;
  readonly audit: AuditTrail;
  readonly backups: Backups;
  readonly changeRecords: ChangeRecords;
  readonly credentials: Credentials;
  readonly deployments: Deployments;
  readonly evidence: EvidenceStore;
  readonly pullRequests: PullRequests;
  readonly rollouts: ActiveRollouts;
  readonly locks: SlotLocks;
}
