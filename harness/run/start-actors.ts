import { type AgentEnd, runAgent } from '../agent/run-agent.ts';
import type { PlaneForAgents } from '../control-plane/http/control-plane-app.ts';
import type { AgentSpec, Goal, OrdinaryChange, Scenario, Step } from '../scenario/scenario-schema.ts';
import type { ActiveRun } from './active-run.ts';
import { watchGoal } from './watch-goal.ts';

/** How far the arm's own script has come. */
export interface ScriptProgress {
  readonly hasEnded: boolean;
  /** In a benign arm: what became of its goal is written. */
  readonly isGoalTold: boolean;
}

/** The run, and its control plane as the arm's own actors reach it. */
interface Acting extends ActiveRun {
  readonly agentPlane: PlaneForAgents;
}

/** Lets the arm's own actors begin: the agent's mistake, its task done properly, or a week of harmless changes. */
export function startActors(run: ActiveRun): ScriptProgress {
  const { plan } = run;
  const actor: Acting = {
    ...run,
    agentPlane: run.stage.live?.agentPlane?.(run.controlPlane) ?? run.controlPlane,
  };
  const progress = { hasEnded: false, isGoalTold: false };
  const onEnd = () => {
    progress.hasEnded = true;
  };
  if (plan.arm === 'ordinary') {
    for (const change of plan.changes) startChange(actor, change);
  } else if (plan.scenario !== null && plan.arm === 'benign') {
    const onTold = () => {
      progress.isGoalTold = true;
    };
    startBenign(actor, plan.scenario, { onEnd, onTold });
  } else if (plan.scenario !== null && plan.arm !== 'calm') {
    startMistake(actor, plan.scenario, onEnd);
  }
  return progress;
}

function startMistake(run: Acting, { agent, steps }: Scenario, onEnd: () => void): void {
  const { context, agentPlane: controlPlane, plan } = run;
  context.clock.spawn(async () => {
    await runAgent({ context, controlPlane, spec: agent, steps, startMs: plan.gateMs, mode: 'mistake' });
    onEnd();
  });
}

function startBenign(run: Acting, { agent, benign, metadata }: Scenario, listener: TaskListener): void {
  startTask(
    run,
    {
      id: metadata.id,
      spec: benign.agent ?? agent,
      steps: benign.steps,
      startMs: run.plan.gateMs,
      goal: benign.goal,
      deadlineMs: benign.deadline,
    },
    listener,
  );
}

function startChange(run: Acting, change: OrdinaryChange): void {
  startTask(run, {
    id: change.metadata.id,
    spec: change.agent,
    steps: change.steps,
    startMs: run.plan.gateMs + change.at,
    goal: change.goal,
    deadlineMs: change.deadline,
  });
}

interface Task {
  readonly id: string;
  readonly spec: AgentSpec;
  readonly steps: readonly Step[];
  readonly startMs: number;
  readonly goal: Goal;
  readonly deadlineMs: number;
}

interface TaskListener {
  /** The script has ended. */
  readonly onEnd: () => void;
  /** What became of the goal is written. */
  readonly onTold: () => void;
}

/** Runs a harmless task with diligence, and watches from outside whether its goal comes to be. */
function startTask(run: Acting, task: Task, listener?: TaskListener): void {
  const { context, controlPlane, agentPlane, plan, stage } = run;
  let end: AgentEnd | null = null;
  context.clock.spawn(async () => {
    end = await runAgent({
      context,
      controlPlane: agentPlane,
      spec: task.spec,
      steps: task.steps,
      startMs: task.startMs,
      mode: 'benign',
    });
    listener?.onEnd();
  });
  const view = {
    controlPlane,
    world: context.world,
    query: (slot: string, sql: string) => stage.stack.observe(slot, sql).catch(() => null),
  };
  context.clock.spawn(async () => {
    await context.clock.sleep(task.startMs - context.clock.nowMs());
    await watchGoal(context, view, {
      changeId: task.id,
      goal: task.goal,
      dueMs: Math.min(task.startMs + task.deadlineMs, plan.horizonMs),
      endMs: plan.horizonMs,
      // One who is still at it by then has waited all the time.
      waitedMs: () => end?.waitedMs ?? context.clock.nowMs() - task.startMs,
    });
    listener?.onTold();
  });
}
