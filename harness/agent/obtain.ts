import { formatDuration } from '../kernel/duration.ts';
import type { Remedy } from '../ports/action.ts';
import type { ActionDraft } from '../ports/control-plane.ts';
import { type AgentRun, writeAgentEvent } from './agent-run.ts';
import type { Ask } from './ask.ts';

type EvidenceKind = Extract<Remedy, { kind: 'evidence' }>['of'];

/** A freeze that lasts longer than this is not waited for. */
const LONGEST_WAIT_MS = 30 * 86_400_000;
/** Evidence can go stale while an approval is awaited, so each thing may be obtained anew once. */
const TIMES_LIMIT = 2;

/**
 * Obtains what a refusal names, through the ordinary doors, and adds it to the ask. True when at least one thing was
 * obtained, so that asking again makes sense. It knows remedies only, never who refused.
 */
export async function obtainRemedies(
  run: AgentRun,
  draft: ActionDraft,
  ask: Ask,
  remedies: readonly Remedy[],
): Promise<boolean> {
  let obtained = false;
  for (const remedy of remedies) obtained = (await obtainOne(run, draft, ask, remedy)) || obtained;
  return obtained;
}

/** After a reviewer's refusal: attaches what a request of its kind can show and this one did not. True when anything was added. */
export async function obtainForReview(run: AgentRun, draft: ActionDraft, ask: Ask): Promise<boolean> {
  const had = ask.evidence.length;
  if (had === 0) {
    const of = buildOf(run, draft) === null ? 'dry-run' : 'unit-tests';
    await obtainEvidence(run, draft, ask, of);
  }
  const recorded = ask.changeRecord === null && (await openChangeRecord(run, draft, ask, 'normal'));
  return recorded || ask.evidence.length > had;
}

async function obtainOne(run: AgentRun, draft: ActionDraft, ask: Ask, remedy: Remedy): Promise<boolean> {
  const thing = 'of' in remedy ? `${remedy.kind} ${remedy.of}` : remedy.kind;
  const times = (ask.obtainedTimes.get(thing) ?? 0) + 1;
  if (times > TIMES_LIMIT) return false;
  ask.obtainedTimes.set(thing, times);
  switch (remedy.kind) {
    case 'evidence':
      return obtainEvidence(run, draft, ask, remedy.of);
    case 'change-record':
      return openChangeRecord(run, draft, ask, remedy.of);
    case 'door': {
      if (ask.door === remedy.door) return false;
      ask.door = remedy.door;
      writeAgentEvent(run, draft.stepId, 'obtained', `a way in: the ${remedy.door} door`);
      return true;
    }
    case 'wait':
      return waitUntil(run, draft, remedy.untilMs);
  }
}

async function obtainEvidence(
  run: AgentRun,
  draft: ActionDraft,
  ask: Ask,
  of: EvidenceKind,
): Promise<boolean> {
  const request = evidenceRequest(run, draft, of);
  if (request === null) return false;
  const output = await requestFor(run, draft, request.verb, request.params);
  const artefactId = output?.artefactId;
  if (typeof artefactId !== 'string') return false;
  ask.evidence.push(artefactId);
  const result = output?.passed === false ? 'failed' : 'passed';
  writeAgentEvent(run, draft.stepId, 'obtained', `${of} ${artefactId}, which ${result}`);
  // Evidence that failed obtains nothing: the change itself is at fault, and asking again will not mend it.
  return output?.passed !== false;
}

async function openChangeRecord(
  run: AgentRun,
  draft: ActionDraft,
  ask: Ask,
  kind: 'normal' | 'emergency',
): Promise<boolean> {
  const describes = `${draft.verb} on ${draft.resource}: ${draft.task}`;
  const output = await requestFor(run, draft, 'change-record.open', { kind, describes });
  const id = output?.changeRecordId;
  if (typeof id !== 'string') return false;
  ask.changeRecord = id;
  writeAgentEvent(run, draft.stepId, 'obtained', `${kind} change record ${id}`);
  return true;
}

async function waitUntil(run: AgentRun, draft: ActionDraft, untilMs: number): Promise<boolean> {
  const { clock } = run.context;
  const durationMs = untilMs - clock.nowMs();
  if (durationMs <= 0 || durationMs > LONGEST_WAIT_MS) return false;
  writeAgentEvent(run, draft.stepId, 'waiting', `${formatDuration(durationMs)}, as the refusal asks`);
  await clock.sleep(durationMs);
  run.waitedMs += durationMs;
  return true;
}

/** Makes a request of its own for something that the step needs; null unless it was carried out. */
async function requestFor(
  run: AgentRun,
  draft: ActionDraft,
  verb: string,
  params: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>> | null> {
  const sinceMs = run.context.clock.nowMs();
  const outcome = await run.controlPlane.request({
    ...draft,
    door: 'pipeline',
    verb,
    params,
    because: `${draft.verb} on ${draft.resource} needs it`,
    evidence: [],
    changeRecord: null,
    stepId: null,
  });
  run.waitedMs += run.context.clock.nowMs() - sinceMs;
  return outcome.status === 'done' ? outcome.output : null;
}

/** Where evidence of a kind comes from; null when there is nothing to run it on. */
function evidenceRequest(
  run: AgentRun,
  draft: ActionDraft,
  kind: EvidenceKind,
): { readonly verb: string; readonly params: Readonly<Record<string, unknown>> } | null {
  // A change that puts no build in place can only be rehearsed as itself.
  if (kind === 'dry-run' && typeof draft.params.build !== 'string') {
    const { verb, params } = draft;
    if (verb === 'plan.apply') return { verb: 'plan.dry-run', params };
    return { verb: 'evidence.run', params: { kind, of: { verb, params } } };
  }
  const build = buildOf(run, draft);
  return build === null ? null : { verb: 'evidence.run', params: { kind, build } };
}

function buildOf(run: AgentRun, draft: ActionDraft): string | null {
  return typeof draft.params.build === 'string' ? draft.params.build : run.lastBuild;
}
