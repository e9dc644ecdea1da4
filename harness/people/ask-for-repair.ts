import { settleWithin } from '../kernel/settle-within.ts';
import type { Door, Outcome, Params } from '../ports/action.ts';
import type { ActionDraft } from '../ports/control-plane.ts';
import { type Incident, report } from './incident.ts';
import { actorOf, glassBreaker, type Person } from './staff.ts';

export interface Repair {
  readonly verb: string;
  readonly resource: string;
  readonly params: Params;
  readonly because: string;
}

export type RepairResult = { readonly done: true } | { readonly done: false; readonly why: string };

/** Requests for one way in: the first, and one after each approval. */
const ROUND_LIMIT = 4;

/**
 * Asks for a repair through the same guarded doors as everybody: at the runbook door under an emergency change record,
 * waiting for an approval where one is demanded; when that is refused, through break-glass, where somebody may.
 */
export async function askForRepair(incident: Incident, repair: Repair): Promise<RepairResult> {
  await openChangeRecord(incident, repair);
  const byRunbook = await askAt(incident, repair, 'runbook', incident.onCall);
  if (byRunbook.status === 'done') return { done: true };
  if (byRunbook.status === 'failed') return { done: false, why: byRunbook.reason };
  const breaker = glassBreaker(incident.context.world, incident.onCall);
  if (breaker === null) return { done: false, why: `denied: ${byRunbook.reason}` };
  const nowMs = incident.context.clock.nowMs();
  report(incident, {
    phase: 'decided',
    sinceMs: nowMs,
    kind: 'mechanism',
    text: `${repair.verb} on ${repair.resource} was denied (${byRunbook.reason}); ${breaker.id} breaks the glass`,
  });
  const byGlass = await askAt(incident, repair, 'break-glass', breaker);
  if (byGlass.status === 'done') return { done: true };
  return { done: false, why: byGlass.status === 'failed' ? byGlass.reason : `denied: ${byGlass.reason}` };
}

async function askAt(
  incident: Incident,
  repair: Repair,
  door: Door,
  person: Person,
): Promise<Exclude<Outcome, { status: 'approval-required' }>> {
  const draft = draftOf(incident, repair, door, person);
  let reason = 'approved, yet not carried out';
  for (let round = 0; round < ROUND_LIMIT; round++) {
    incident.signal.throwIfAborted();
    const outcome = await incident.controlPlane.request(draft);
    if (outcome.status !== 'approval-required') return outcome;
    const settled = await awaitApproval(incident, repair, outcome);
    if (settled !== 'granted') {
      reason = `approval ${settled}`;
      break;
    }
  }
  return { status: 'denied', by: [], reason, remedies: [] };
}

async function awaitApproval(
  incident: Incident,
  repair: Repair,
  { approvalId, demand }: Extract<Outcome, { status: 'approval-required' }>,
): Promise<'granted' | 'refused' | 'expired'> {
  const { clock } = incident.context;
  const sinceMs = clock.nowMs();
  const answer = incident.controlPlane.approvalSettled(approvalId);
  const settled = await settleWithin(clock, answer, demand.expiresAfterMs);
  const how = settled.late ? 'expired' : settled.value;
  report(incident, {
    phase: 'decided',
    sinceMs,
    kind: 'declared',
    text: `waited for approval of ${repair.verb} on ${repair.resource}: ${how}`,
  });
  return how;
}

/** One emergency change record serves the whole incident. Without one they go on all the same. */
async function openChangeRecord(incident: Incident, repair: Repair): Promise<void> {
  if (incident.changeRecord !== null) return;
  const outcome = await incident.controlPlane.request({
    ...draftOf(incident, repair, 'runbook', incident.onCall),
    verb: 'change-record.open',
    params: { kind: 'emergency', describes: `incident in ${incident.region}: ${repair.because}` },
  });
  const id = outcome.status === 'done' ? outcome.output.changeRecordId : null;
  if (typeof id === 'string') incident.changeRecord = id;
}

function draftOf(incident: Incident, repair: Repair, door: Door, person: Person): ActionDraft {
  return {
    door,
    verb: repair.verb,
    resource: repair.resource,
    params: repair.params,
    actor: actorOf(person, door === 'break-glass' ? 'break-glass' : 'own'),
    task: `Restore and repair service in ${incident.region}`,
    because: repair.because,
    aiAssisted: false,
    evidence: [],
    changeRecord: incident.changeRecord,
    stepId: null,
  };
}
