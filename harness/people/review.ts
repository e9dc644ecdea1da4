import type { GuardedAction } from '../ports/action.ts';
import type { ApprovalRequest } from '../ports/control-plane.ts';
import { parseResource } from '../ports/resource.ts';
import { taskMismatch } from './task-mismatch.ts';

/**
 * What a careful reviewer sees wrong with a request, in words; empty when nothing is. It reads the request alone, so
 * that a mistake, the same task done properly and a repair are looked at with the same eyes.
 */
export function visibleDoubts(request: ApprovalRequest): readonly string[] {
  const { action } = request;
  if (action.footprint.readOnly) return [];
  const doubts = evidenceDoubts(action);
  // A small copy outside production may be broken; only false evidence says something of its author.
  if (action.environment !== 'production') return doubts;
  return [...doubts, ...effectDoubts(action), ...provenanceDoubts(action)];
}

/** A runbook in an emergency has no time for proof, and is no way around anything. */
function isEmergencyRepair(action: GuardedAction): boolean {
  const { actor, door, facts } = action;
  return (
    door === 'runbook' &&
    actor.kind === 'person' &&
    actor.session === 'own' &&
    facts.changeRecord?.kind === 'emergency'
  );
}

function evidenceDoubts(action: GuardedAction): string[] {
  const doubts: string[] = [];
  for (const fact of action.facts.evidence) {
    if (fact.state === 'forged') doubts.push(`nothing is on record for evidence ${fact.id}`);
    else if (fact.state === 'stale') doubts.push(`the ${fact.kind} is old or of another build`);
    else if (!fact.passed) doubts.push(`the ${fact.kind} failed`);
  }
  return doubts;
}

function effectDoubts(action: GuardedAction): string[] {
  const { footprint, facts, tier, buildDigest } = action;
  const isRepair = isEmergencyRepair(action);
  const passed = facts.evidence.filter(fact => fact.state === 'genuine' && fact.passed);
  const doubts: string[] = [];
  if (footprint.destructive && !isRemovalOnRecord(action)) {
    doubts.push(`it removes resources or data in production (tier ${tier})`);
  }
  if (!footprint.reversible && !isRepair && !passed.some(fact => fact.kind === 'dry-run')) {
    doubts.push('it cannot be undone and was not rehearsed');
  }
  const needsProof = buildDigest !== null || !footprint.reversible;
  if (needsProof && !isRepair && facts.evidence.length === 0) doubts.push('no evidence is attached');
  const isBroad = buildDigest !== null || footprint.cells.length > 1;
  if (isBroad && !isRepair && footprint.trafficShare >= 1) {
    doubts.push('it reaches all traffic at once');
  }
  return doubts;
}

function provenanceDoubts(action: GuardedAction): string[] {
  const { actor, door, facts, buildDigest } = action;
  const doubts: string[] = [];
  if (facts.changeRecord === null) doubts.push('no change record says what it is for');
  if (actor.kind === 'agent' && (actor.session === 'inherited' || actor.session === 'borrowed')) {
    doubts.push(
      `an agent acts in ${actor.session === 'inherited' ? 'its principal’s' : 'somebody else’s'} session`,
    );
  }
  const mismatch = taskMismatch(action.task, action.verb, action.footprint);
  if (mismatch !== null) doubts.push(mismatch);
  const isBuildOutsidePipeline = buildDigest !== null && door !== 'pipeline';
  const isSideDoor = door !== 'pipeline' && door !== 'configuration' && !isOpenWork(action);
  if (!isEmergencyRepair(action) && (isSideDoor || isBuildOutsidePipeline)) {
    doubts.push(`it comes by the ${door} door instead of the pipeline`);
  }
  return doubts;
}

/** Some work has no other door than a console: a person doing it under their own name, written down, goes around nothing. */
function isOpenWork({ actor, door, facts }: GuardedAction): boolean {
  const isConsole = door === 'console' || door === 'database-console';
  return isConsole && actor.kind === 'person' && actor.session === 'own' && facts.changeRecord !== null;
}

/** The change record speaks of removing just this. */
function isRemovalOnRecord({ facts, resource }: GuardedAction): boolean {
  const text = facts.changeRecord?.describes.toLowerCase() ?? '';
  const service = parseResource(resource)?.service ?? '';
  return /decommission|retire|tear ?down|removal/.test(text) && text.includes(service);
}
