import type { ControlPlane } from '../ports/control-plane.ts';
import type { RunContext } from '../ports/run-context.ts';
import type { AgentSpec } from '../scenario/scenario-schema.ts';
import type { World } from '../scenario/world-schema.ts';
import type { StepOutputs } from './step-references.ts';

/** The parts of a run's context that an agent lives by. */
export type AgentContext = Pick<RunContext, 'clock' | 'journal'> & {
  readonly world: Pick<World, 'persons'>;
};

/** `mistake`: the script as written. `benign`: the same, and it obtains what a refusal or an approval asks for. */
export type AgentMode = 'mistake' | 'benign';

/** What the steps of one agent share while it works. */
export interface AgentRun {
  readonly context: AgentContext;
  readonly controlPlane: Pick<ControlPlane, 'request' | 'approvalSettled'>;
  readonly spec: AgentSpec;
  readonly mode: AgentMode;
  /** Ids of every step of the script, fallbacks included. */
  readonly stepIds: ReadonlySet<string>;
  readonly outputs: StepOutputs;
  /** The build that the script last named; evidence is run for it when a step names none. */
  lastBuild: string | null;
  gaveUp: boolean;
  /** World time spent waiting for approvals, freezes and evidence, ms. */
  waitedMs: number;
  approvalsAsked: number;
}

/** How a step ended, with the fallback that ended it. */
export interface StepEnd {
  readonly stepId: string;
  /** `denied` when every way was refused; `not-run` when the agent had given up before. */
  readonly state: 'done' | 'denied' | 'failed' | 'gave-up' | 'not-run';
  /** The step whose request decided: the step itself or one of its fallbacks. */
  readonly decidedBy: string;
  readonly reason: string;
}

export function writeAgentEvent(
  run: AgentRun,
  stepId: string | null,
  phase: 'started' | 'surprised' | 'fallback' | 'waiting' | 'obtained' | 'gave-up' | 'finished',
  text: string,
): void {
  run.context.journal.write({ type: 'agent', agent: run.spec.id, stepId, phase, text });
}
