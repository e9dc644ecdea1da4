import type { ServiceConfig } from '../../fixtures/retail/kit/service.ts';
import type { ControlPlane } from '../ports/control-plane.ts';
import { createApprovals } from './approvals.ts';
import { createAuditTrail } from './audit-trail.ts';
import { createBackups } from './backups.ts';
import { createChangeRecords } from './change-records.ts';
import type { Company, ControlPlaneDeps } from './company.ts';
import { createCredentials } from './credentials.ts';
import { createDeployments } from './deployments.ts';
import { createEvidenceStore } from './evidence-store.ts';
import { isLive } from './is-live.ts';
import { createPullRequests } from './pull-requests.ts';
import { requestAction } from './request-action.ts';
import { createActiveRollouts } from './rollouts/active-rollouts.ts';
import { scheduleBackups } from './scheduled-backups.ts';
import { fullSlotId } from './scope.ts';
import { createSlotLocks } from './slot-locks.ts';
import { startWorld } from './start-world.ts';
import { allVerbs } from './verb-catalogue.ts';

/** The control plane, and the two things that only a run's conductor does with it. */
export interface RunningControlPlane extends ControlPlane {
  /** Brings the company up, charged to nobody, and starts its scheduled backups. Once, before anything else. */
  startWorld(): Promise<void>;
  /** Instances that run beyond what the world's file declares: launched for other work, or by a resize. */
  computeUnits(): number;
  /** Ends scheduled backups and expiries. Safe to call twice. */
  close(): void;
}

/** The only boundary through which the world is changed. */
export function createControlPlane(deps: ControlPlaneDeps): RunningControlPlane {
  const company = openBooks(deps);
  const desk = { company, verbs: allVerbs(), forbidden: deps.forbidden };
  const { approvals } = company;
  let cancelBackups = (): void => undefined;
  return {
    request: draft => requestAction(desk, draft),
    pendingApprovals: () => approvals.pending(),
    grant: (approvalId, by) => approvals.grant(approvalId, by),
    refuse: (approvalId, by, reason) => approvals.refuse(approvalId, by, reason),
    onApprovalRequested: listener => approvals.onRequested(listener),
    approvalSettled: approvalId => approvals.settled(approvalId),
    audit: () => company.audit.entries(),
    slots: () => company.stack.slots(),
    backups: () => company.backups.list(),
    configOf: slot => configOf(company, slot),
    computeUnits: () => computeUnits(company),
    isLive: (slot, build) => isLive(company, slot, build),
    startWorld: async () => {
      await startWorld(company);
      cancelBackups = scheduleBackups(company);
    },
    close: () => {
      cancelBackups();
      approvals.close();
    },
  };
}

function configOf(company: Company, slotText: string): ServiceConfig | null {
  const slot = fullSlotId(slotText);
  const info = company.stack.slots().find(other => other.slot === slot);
  if (info === undefined) return null;
  const { world } = company.context;
  return { ...world.services[info.service]?.config, ...company.deployments.find(info.slot)?.config };
}

function computeUnits(company: Company): number {
  return company.stack.slots().reduce((sum, { slot }) => {
    const deployment = company.deployments.find(slot);
    return sum + (deployment === undefined ? 0 : deployment.launched.size + deployment.extra);
  }, 0);
}

function openBooks(deps: ControlPlaneDeps): Company {
  const { context, stack, newId } = deps;
  const { clock, journal, world } = context;
  const nowMs = (): number => clock.nowMs();
  const { chain, builds, checks } = deps;
  return {
    context,
    stack,
    chain,
    builds,
    checks,
    newId,
    approvals: createApprovals({ clock, journal, newId, expireAfterMs: world.approvals.expireAfter }),
    audit: createAuditTrail(nowMs),
    backups: createBackups({ stack, world, nowMs, newId }),
    changeRecords: createChangeRecords(nowMs, newId),
    credentials: createCredentials(nowMs),
    deployments: createDeployments(),
    evidence: createEvidenceStore({ nowMs, newId, staleAfterMs: world.evidence.staleAfter }),
    pullRequests: createPullRequests(newId),
    rollouts: createActiveRollouts(),
    locks: createSlotLocks(),
  };
}
