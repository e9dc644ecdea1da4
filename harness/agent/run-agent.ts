import { invariant } from '../kernel/invariant.ts';
import type { AgentSpec, Step, Stop } from '../scenario/scenario-schema.ts';
import {
  type AgentContext,
  type AgentMode,
  type AgentRun,
  type StepEnd,
  writeAgentEvent,
} from './agent-run.ts';
import { performStep } from './perform-step.ts';

export interface RunAgentOptions {
  readonly context: AgentContext;
  readonly controlPlane: AgentRun['controlPlane'];
  readonly spec: AgentSpec;
  readonly steps: readonly Step[];
  /** World time from which the steps' `at` counts, ms. */
  readonly startMs: number;
  readonly mode: AgentMode;
}

/** What came of an agent's script. */
export interface AgentEnd {
  /** One per step of the script, in its order; fallbacks are named by `decidedBy`. */
  readonly steps: readonly StepEnd[];
  readonly gaveUp: boolean;
  readonly endedAtMs: number;
  /** World time spent waiting for approvals, freezes and things to obtain. */
  readonly waitedMs: number;
  readonly approvalsAsked: number;
}

/**
 * Runs a scripted agent to its end. A step starts at its `at`, or after the step that it names has ended; one that
 * says neither follows the one before it in the list. Resolves when every step has ended; a script that reaches past
 * the horizon of the run never does.
 */
export async function runAgent(options: RunAgentOptions): Promise<AgentEnd> {
  const { context, controlPlane, spec, steps, mode } = options;
  const run: AgentRun = {
    context,
    controlPlane,
    spec,
    mode,
    stepIds: new Set(steps.flatMap(idsOf)),
    outputs: new Map(),
    lastBuild: null,
    gaveUp: false,
    waitedMs: 0,
    approvalsAsked: 0,
  };
  writeAgentEvent(run, null, 'started', spec.task);
  const ends = await runInOrder(run, steps, options.startMs);
  const done = ends.filter(end => end.state === 'done').length;
  const phase = run.gaveUp ? 'gave-up' : 'finished';
  writeAgentEvent(run, null, phase, `${done} of ${ends.length} steps carried out`);
  return {
    steps: ends,
    gaveUp: run.gaveUp,
    endedAtMs: context.clock.nowMs(),
    waitedMs: run.waitedMs,
    approvalsAsked: run.approvalsAsked,
  };
}

async function runInOrder(run: AgentRun, steps: readonly Step[], startMs: number): Promise<StepEnd[]> {
  const predecessors = predecessorsOf(steps);
  const pending = steps.map(() => Promise.withResolvers<void>());
  return Promise.all(
    steps.map(async (step, index) => {
      const predecessor = predecessors[index] ?? null;
      if (predecessor !== null) await pending[predecessor]?.promise;
      const { clock } = run.context;
      const dueMs = startMs + (step.at ?? 0);
      if (dueMs > clock.nowMs()) await clock.sleep(dueMs - clock.nowMs());
      const end = run.gaveUp ? notRun(step) : await performStep(run, step);
      pending[index]?.resolve();
      return end;
    }),
  );
}

/** For each step the index of the one it waits for, or null. A fallback's id stands for the step it belongs to. */
function predecessorsOf(steps: readonly Step[]): (number | null)[] {
  const owners = steps.map(step => new Set(idsOf(step)));
  const predecessors = steps.map((step, index) => {
    if (step.after === undefined) return step.at === undefined && index > 0 ? index - 1 : null;
    const after = step.after;
    const owner = owners.findIndex(ids => ids.has(after));
    invariant(owner !== -1, `step ${step.id} starts after ${after}, which the script has`);
    return owner;
  });
  for (const start of predecessors.keys()) {
    let at: number | null = start;
    for (let hops = 0; at !== null; hops++) {
      invariant(hops <= steps.length, `step ${steps[start]?.id} does not wait for itself`);
      at = predecessors[at] ?? null;
    }
  }
  return predecessors;
}

function idsOf(step: Step | Stop): string[] {
  return 'stop' in step ? [step.id] : [step.id, ...step.whenDenied.flatMap(idsOf)];
}

function notRun(step: Step): StepEnd {
  return { stepId: step.id, state: 'not-run', decidedBy: step.id, reason: 'the agent had given up' };
}
