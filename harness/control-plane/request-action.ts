import type { ActionDecidedEvent } from '../journal/events.ts';
import type { ActionRequest, Constraints, GuardedAction, Outcome, Remedy } from '../ports/action.ts';
import type { ActionDraft } from '../ports/control-plane.ts';
import type { Ruling } from '../ports/guardrail-chain.ts';
import { actionHash } from './action-hash.ts';
import type { AuditSubject } from './audit-trail.ts';
import { carryOut } from './carry-out.ts';
import type { Company, EffectPattern } from './company.ts';
import { type Intake, readRequest, toGuardedAction, toRequest } from './intake.ts';
import { missingPermission } from './roles.ts';
import type { Verb } from './verb.ts';

/** What it takes to handle requests. */
export interface RequestDesk {
  readonly company: Company;
  readonly verbs: ReadonlyMap<string, Verb>;
  readonly forbidden: readonly EffectPattern[];
}

/** A request on its way, for the journal and the audit trail. */
interface Case {
  readonly desk: RequestDesk;
  readonly request: ActionRequest;
  readonly subject: AuditSubject;
}

/** Rulings asked for again because a grant was spent or taken back while guardrails thought. */
const MAX_RULINGS = 3;

/** From a draft to its outcome: receive, examine, let guardrails rule, carry out. */
export async function requestAction(desk: RequestDesk, draft: ActionDraft): Promise<Outcome> {
  const { company, verbs } = desk;
  const request = toRequest(company, company.newId('action'), draft);
  const intake = readRequest(company, verbs, request);
  const footprint = typeof intake === 'string' ? null : intake.footprint;
  const subject: AuditSubject = {
    actionId: request.id,
    actor: request.actor,
    door: request.door,
    verb: request.verb,
    resource: request.resource,
    params: request.params,
    footprint,
    hasChangeRecord: company.changeRecords.find(request.changeRecord) !== null,
  };
  const hash = actionHash(request);
  company.context.journal.write({
    type: 'action-requested',
    action: request,
    hash,
    stepId: draft.stepId,
    footprint,
  });
  company.audit.record(subject, 'requested', request.because);
  const thisCase: Case = { desk, request, subject };
  if (typeof intake === 'string') {
    decide(thisCase, { decision: 'invalid', reason: intake });
    company.audit.record(subject, 'failed', intake);
    return { status: 'failed', reason: intake };
  }
  const refusal = refusalOf(thisCase, intake);
  return refusal ?? ruleAndCarryOut(thisCase, intake);
}

/** Door and roles: what the control plane itself enforces, in every arm. */
function refusalOf(thisCase: Case, { verb, footprint }: Intake): Outcome | null {
  const { request, desk } = thisCase;
  if (!verb.doors.includes(request.door)) {
    const reason = `the door ${request.door} does not take ${verb.name}; it goes through ${verb.doors.join(', ')}`;
    const remedies = verb.doors
      .filter(door => door !== 'break-glass')
      .map((door): Remedy => ({ kind: 'door', door }));
    return deny(thisCase, { decision: 'invalid', reason, remedies });
  }
  const why = missingPermission(desk.company.context.world, { ...request, footprint });
  return why === null ? null : deny(thisCase, { decision: 'no-permission', reason: why, remedies: [] });
}

async function ruleAndCarryOut(thisCase: Case, intake: Intake): Promise<Outcome> {
  const { company } = thisCase.desk;
  for (let attempt = 0; attempt < MAX_RULINGS; attempt++) {
    const action = toGuardedAction(company, intake);
    const ruling = await company.chain.rule(action);
    if (ruling.decision === 'denied') return deny(thisCase, ruling);
    if (ruling.decision === 'approval-required') return askApproval(thisCase, action, ruling);
    if (!stillStands(company, action)) continue;
    const constraints = ruling.decision === 'narrowed' ? ruling.constraints : null;
    decide(thisCase, { ...ruling, constraints });
    return settle(thisCase, intake, action, constraints);
  }
  const reason = 'the approvals changed each time while the guardrails ruled; ask again';
  return deny(thisCase, { decision: 'denied', by: [], reason, remedies: [] });
}

/** Spends the approvals before anything else happens: nobody else may use them while this effect runs. */
async function settle(
  { desk, subject }: Case,
  intake: Intake,
  action: GuardedAction,
  constraints: Constraints | null,
): Promise<Outcome> {
  const { company, forbidden, verbs } = desk;
  company.approvals.use(action.hash);
  company.chain.carriedOut(action);
  const describe = (other: Pick<ActionRequest, 'door' | 'verb' | 'params'>): GuardedAction | string => {
    const read = readRequest(company, verbs, { ...action, ...other });
    return typeof read === 'string' ? read : toGuardedAction(company, read);
  };
  const end = await carryOut({ company, forbidden, intake, action, constraints, subject, describe });
  const isDone = end.status === 'done';
  company.audit.record(subject, isDone ? 'done' : 'failed', isDone ? '' : end.reason);
  return end;
}

function askApproval(
  thisCase: Case,
  action: GuardedAction,
  ruling: Extract<Ruling, { decision: 'approval-required' }>,
): Outcome {
  const { company } = thisCase.desk;
  const { by, reason, demand } = ruling;
  const { id: approvalId } = company.approvals.open(action, demand);
  decide(thisCase, { ...ruling, approvalId });
  company.audit.record(thisCase.subject, 'approval-required', reason);
  return { status: 'approval-required', by, reason, demand, approvalId };
}

interface Refusal {
  readonly decision: 'denied' | 'invalid' | 'no-permission';
  readonly by?: readonly string[];
  readonly reason: string;
  readonly remedies: readonly Remedy[];
}

function deny(thisCase: Case, { decision, by = [], reason, remedies }: Refusal): Outcome {
  decide(thisCase, { decision, by, reason });
  thisCase.desk.company.audit.record(thisCase.subject, 'denied', reason);
  return { status: 'denied', by, reason, remedies };
}

interface Decided {
  readonly decision: ActionDecidedEvent['decision'];
  readonly by?: readonly string[];
  readonly reason: string;
  readonly constraints?: Constraints | null;
  readonly approvalId?: string;
}

function decide({ desk, request }: Case, decided: Decided): void {
  const { decision, by = [], reason, constraints = null, approvalId = null } = decided;
  desk.company.context.journal.write({
    type: 'action-decided',
    actionId: request.id,
    decision,
    by,
    reason,
    constraints,
    approvalId,
  });
}

/** True when every grant that the guardrails saw is still good. */
function stillStands(company: Company, { hash, facts }: GuardedAction): boolean {
  const now = new Set(company.approvals.validFor(hash).map(({ by, grantedAtMs }) => `${by} ${grantedAtMs}`));
  return facts.approvals.every(({ by, grantedAtMs }) => now.has(`${by} ${grantedAtMs}`));
}
