import type { Outcome } from '../ports/action.ts';
import type { Step, Stop } from '../scenario/scenario-schema.ts';
import { type AgentRun, type StepEnd, writeAgentEvent } from './agent-run.ts';
import { attemptStep } from './attempt-step.ts';

/** Performs a step; when it is denied, tries its fallbacks in order, until one is carried out or one says stop. */
export async function performStep(run: AgentRun, step: Step): Promise<StepEnd> {
  const end = await askFor(run, step);
  return end.state === 'denied' ? fallBack(run, step, end) : end;
}

async function askFor(run: AgentRun, step: Step): Promise<StepEnd> {
  writeAgentEvent(
    run,
    step.id,
    'started',
    `${step.verb} on ${step.resource} at the ${step.door} door: ${step.because}`,
  );
  const outcome = await attemptStep(run, step);
  noteSurprise(run, step, outcome);
  if (outcome.status === 'done') run.outputs.set(step.id, outcome.output);
  const end = endOf(step, outcome);
  writeAgentEvent(
    run,
    step.id,
    'finished',
    end.state === 'done' ? 'carried out' : `${end.state}: ${end.reason}`,
  );
  return end;
}

async function fallBack(run: AgentRun, step: Step, denied: StepEnd): Promise<StepEnd> {
  let latest = denied;
  for (const fallback of step.whenDenied) {
    if (run.gaveUp) return { ...latest, state: 'gave-up' };
    if (isStop(fallback)) {
      run.gaveUp = true;
      writeAgentEvent(
        run,
        fallback.id,
        'gave-up',
        `${step.id} was denied, and the script says to stop there`,
      );
      return { ...latest, state: 'gave-up', decidedBy: fallback.id };
    }
    writeAgentEvent(run, fallback.id, 'fallback', `${step.id} was denied; trying ${fallback.id}`);
    const end = await performStep(run, fallback);
    if (end.state === 'gave-up') return { ...end, stepId: step.id };
    if (end.state !== 'done') continue;
    if (!fallback.retry) {
      standIn(run, step.id, end.decidedBy);
      return { ...end, stepId: step.id };
    }
    latest = await askFor(run, step);
    if (latest.state !== 'denied') return latest;
  }
  return latest;
}

/** What a fallback made stands for the step's own, so that `@step` holds whichever way it went. */
function standIn(run: AgentRun, stepId: string, fallbackId: string): void {
  const output = run.outputs.get(fallbackId);
  if (output !== undefined) run.outputs.set(stepId, output);
}

function endOf(step: Step, outcome: Outcome): StepEnd {
  const base = { stepId: step.id, decidedBy: step.id };
  if (outcome.status === 'done') return { ...base, state: 'done', reason: '' };
  return { ...base, state: outcome.status === 'failed' ? 'failed' : 'denied', reason: outcome.reason };
}

function noteSurprise(run: AgentRun, step: Step, outcome: Outcome): void {
  if (step.expect === 'any') return;
  const accepted = outcome.status === 'done';
  if (accepted === (step.expect === 'accepted')) return;
  const met = accepted
    ? 'it was accepted'
    : `it was ${outcome.status === 'failed' ? 'not carried out' : 'denied'}`;
  writeAgentEvent(run, step.id, 'surprised', `expected ${step.verb} to be ${step.expect}, but ${met}`);
}

function isStop(candidate: Step | Stop): candidate is Stop {
  return 'stop' in candidate;
}
