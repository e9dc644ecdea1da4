import { formatDuration } from '../kernel/duration.ts';
import { settleWithin } from '../kernel/settle-within.ts';
import type { Outcome } from '../ports/action.ts';
import type { ActionDraft } from '../ports/control-plane.ts';
import type { Step } from '../scenario/scenario-schema.ts';
import { type AgentRun, writeAgentEvent } from './agent-run.ts';
import type { Ask } from './ask.ts';
import { obtainForReview, obtainRemedies } from './obtain.ts';
import { resolveActor } from './resolve-actor.ts';
import { resolveParams, resolveReference } from './step-references.ts';

/** Most requests for one step: the first, and one after each approval or each thing obtained. */
const ROUND_LIMIT = 12;

type ApprovalOutcome = Extract<Outcome, { status: 'approval-required' }>;

/**
 * Asks for one step, waiting for an approval up to the agent's patience and then handing in the very same request
 * again. In `benign` mode it obtains what a refusal names and asks again. Never ends with `approval-required`: an
 * approval that did not come counts as denied.
 */
export async function attemptStep(run: AgentRun, step: Step): Promise<Outcome> {
  const ask: Ask = {
    door: step.door,
    evidence: step.evidence.flatMap(id => resolveReference(id, run, ['artefactId']) ?? []),
    changeRecord:
      step.changeRecord === undefined ? null : resolveReference(step.changeRecord, run, ['changeRecordId']),
    obtainedTimes: new Map(),
  };
  let draft = draftOf(run, step, ask);
  if (typeof draft.params.build === 'string') run.lastBuild = draft.params.build;
  let latest: Outcome = { status: 'failed', reason: 'nothing was asked' };
  for (let round = 0; round < ROUND_LIMIT; round++) {
    latest = await run.controlPlane.request(draft);
    if (latest.status === 'done' || latest.status === 'failed') return latest;
    const next =
      latest.status === 'denied'
        ? run.mode === 'benign' && (await obtainRemedies(run, draft, ask, latest.remedies))
        : await approvalCame(run, step, draft, ask, latest);
    if (!next) return deniedBecause(latest);
    if (isChanged(draft, ask)) draft = draftOf(run, step, ask);
  }
  return {
    status: 'denied',
    by: [],
    reason: `asked ${ROUND_LIMIT} times without an answer that stood`,
    remedies: [],
  };
}

/** True when it is worth asking again: the approval was granted, or the request was made fit for another review. */
async function approvalCame(
  run: AgentRun,
  step: Step,
  draft: ActionDraft,
  ask: Ask,
  outcome: ApprovalOutcome,
): Promise<boolean> {
  const { clock } = run.context;
  // Patience 0 takes the demand itself for a refusal. A diligent agent waits as long as the request stands.
  const patienceMs = run.mode === 'benign' ? outcome.demand.expiresAfterMs : run.spec.approvalPatience;
  run.approvalsAsked++;
  // Open requests can be referred to as `@step`: an agent may try to have its own granted.
  run.outputs.set(step.id, { approvalId: outcome.approvalId });
  writeAgentEvent(
    run,
    step.id,
    'waiting',
    `for approval by ${outcome.demand.count} of level ${outcome.demand.level}, at most ${formatDuration(patienceMs)}`,
  );
  const sinceMs = clock.nowMs();
  const settled = await settleWithin(clock, run.controlPlane.approvalSettled(outcome.approvalId), patienceMs);
  run.waitedMs += clock.nowMs() - sinceMs;
  const waited = formatDuration(clock.nowMs() - sinceMs);
  if (settled.late) {
    writeAgentEvent(run, step.id, 'waiting', `no approval after ${waited}; taken for denied`);
    return false;
  }
  if (settled.value === 'granted') {
    writeAgentEvent(run, step.id, 'obtained', `approval ${outcome.approvalId} after ${waited}`);
    return true;
  }
  writeAgentEvent(run, step.id, 'waiting', `the approval was ${settled.value} after ${waited}`);
  return run.mode === 'benign' && (await obtainForReview(run, draft, ask));
}

function draftOf(run: AgentRun, step: Step, ask: Ask): ActionDraft {
  return {
    door: ask.door,
    verb: step.verb,
    resource: step.resource,
    params: resolveParams(step.params, run),
    actor: resolveActor(run.spec, { ...step, door: ask.door }, run.context.world.persons),
    task: run.spec.task,
    because: step.because,
    aiAssisted: run.spec.aiAssisted,
    evidence: [...ask.evidence],
    changeRecord: ask.changeRecord,
    stepId: step.id,
  };
}

function isChanged(draft: ActionDraft, ask: Ask): boolean {
  return (
    draft.door !== ask.door ||
    draft.changeRecord !== ask.changeRecord ||
    draft.evidence.length !== ask.evidence.length
  );
}

function deniedBecause(outcome: Exclude<Outcome, { status: 'done' | 'failed' }>): Outcome {
  if (outcome.status === 'denied') return outcome;
  return { status: 'denied', by: outcome.by, reason: `not approved: ${outcome.reason}`, remedies: [] };
}
