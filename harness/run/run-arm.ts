import {
  type AdapterLoader,
  createGuardrailChain,
  type GuestLoader,
  type WrapSeat,
} from '../guardrails/create-chain.ts';
import type { Asked } from '../guardrails/host/table.ts';
import { type ArmStatus, type GateEvent, JOURNAL_SCHEMA } from '../journal/events.ts';
import type { Journal } from '../journal/journal.ts';
import { createJournal, type LineSink } from '../journal/writer.ts';
import { messageOf } from '../kernel/errors.ts';
import { createRng } from '../kernel/rng.ts';
import type { Plan } from '../plan/plan.ts';
import type { GuardrailDefinition } from '../ports/guardrail.ts';
import type { GuardrailChain } from '../ports/guardrail-chain.ts';
import type { RunContext } from '../ports/run-context.ts';
import type { StartedStack } from '../ports/stack.ts';
import type { LoadedBuild } from '../stack/load-builds.ts';
import { type ActiveRun, startRun } from './active-run.ts';
import { createGuardrailAlarms } from './guardrail-alarms.ts';
import { type MistakeState, noteMoments } from './moments.ts';
import { snapshotAfterChanges } from './snapshots.ts';
import type { Stage, StageFactory } from './stage.ts';
import { type ScriptProgress, startActors } from './start-actors.ts';
import { type RunningTable, startTable, type TableSeat } from './table.ts';
import { type WatchedJournal, watchJournal } from './watched-journal.ts';

export interface ArmDeps {
  readonly tool: string;
  readonly sink: LineSink;
  readonly createStage: StageFactory;
  readonly builds: ReadonlyMap<string, LoadedBuild>;
  readonly definitions: ReadonlyMap<string, GuardrailDefinition>;
  /** Makes the loader of guardrail modules of the user's own; it holds world time while a guest answers. */
  readonly createGuests: (waitOutside: <T>(answer: Promise<T>) => Promise<T>) => GuestLoader;
  /** Makes the loader of adapters to guardrails that the user runs already, in the same way. */
  readonly createAdapters?: (waitOutside: <T>(answer: Promise<T>) => Promise<T>) => AdapterLoader;
  /** Hears every question to a guardrail, with what passed beyond the process. */
  readonly onAsked?: (asked: Asked) => void;
  /** Puts something between the host and a guardrail: for `stress`. */
  readonly wrapSeat?: WrapSeat;
  /** People in the room, who decide in place of simulated ones; left out: nobody. */
  readonly table?: TableSeat | undefined;
  /**
   * Ends the arm as soon as its outcome is certain: when its script has ended and nothing of it has changed the world,
   * and a benign arm also when what became of its goal is written.
   */
  readonly untilHarmless: boolean;
  readonly stopRequested: () => boolean;
  /** Told of world time as it passes, once per hour of it. */
  readonly onProgress: (atMs: number) => void;
  /** Told when the company has been found in its steady state and the actors are about to come. */
  readonly onSteady?: () => void;
  /** Told when the arm has been lived through and only its clean-up is left. */
  readonly onLeaving?: () => void;
}

/** How the arm's phases ended: what the journal's last line says. */
interface ArmEnd {
  readonly status: ArmStatus;
  /** `horizon`, or the code of what ended the arm before. */
  readonly reason: string;
}

export interface FinishedArm extends ArmEnd {
  /** Slots that are still there after everything was stopped. */
  readonly leftBehind: number;
}

const HOUR_MS = 3_600_000;

/** Runs one arm: gate, act, observe, recover, close. The journal is closed whatever happens; errors of ours are rethrown after that. */
export async function runArm(plan: Plan, deps: ArmDeps): Promise<FinishedArm> {
  const rng = createRng(plan.seed);
  const stage = await deps.createStage(plan.world, rng);
  const journal = watchJournal(createJournal(stage.clock, deps.sink));
  const context: RunContext = { clock: stage.clock, rng, journal, world: plan.world };
  writeHeader(journal, plan, deps.tool);
  const close = (ended: ArmEnd) => journal.write({ type: 'closed', ...ended });
  try {
    const guardrailAlarms = createGuardrailAlarms();
    const chain = await createGuardrailChain({
      entries: plan.profile.guardrails,
      definitions: deps.definitions,
      context,
      guests: deps.createGuests(answer => stage.waitOutside(answer)),
      adapters: deps.createAdapters?.(answer => stage.waitOutside(answer)),
      waitOutside: answer => stage.waitOutside(answer),
      onAsked: deps.onAsked,
      wrapSeat: deps.wrapSeat,
      onAlarm: guardrailAlarms.raise,
    });
    let ended: ArmEnd;
    try {
      const table = tableOf(deps.table, { plan, stage, journal });
      const deciders = table?.deciders;
      const run = await startRun({
        ...{ plan, context, stage, chain, builds: deps.builds, guardrailAlarms, deciders },
      });
      snapshotAfterChanges(journal, run);
      ended = await live({ run, stage, deps, mistake: noteMoments(journal) });
      if (table !== null && ended.status !== 'interrupted') await table.end();
    } catch (error) {
      deps.onLeaving?.();
      // The first error is the one to tell of.
      await tearDown(chain, stage).catch(() => undefined);
      throw error;
    }
    deps.onLeaving?.();
    await tearDown(chain, stage);
    close(ended);
    return { ...ended, leftBehind: leftBehind(stage.stack) };
  } catch (error) {
    close({ status: 'failed', reason: messageOf(error) });
    throw error;
  }
}

function tableOf(
  seat: TableSeat | undefined,
  { plan, stage, journal }: { plan: Plan; stage: Stage; journal: WatchedJournal },
): RunningTable | null {
  if (seat === undefined) return null;
  const waitOutside = <T>(answer: Promise<T>) => stage.waitOutside(answer);
  return startTable({ seat, journal, clock: stage.clock, gateMs: plan.gateMs, waitOutside });
}

async function tearDown(chain: GuardrailChain, stage: Stage): Promise<void> {
  try {
    await chain.close();
  } finally {
    await stage.stack.stopAll();
  }
}

function leftBehind(stack: StartedStack): number {
  return stack.slots().length + (stack.leftBehind?.() ?? 0);
}

interface LivingArm {
  readonly run: ActiveRun;
  readonly stage: Stage;
  readonly deps: ArmDeps;
  readonly mistake: MistakeState;
}

/** The phases after the company is up. */
async function live({ run, stage, deps, mistake }: LivingArm): Promise<ArmEnd> {
  const { plan, oracle, context } = run;
  if (!(await advance(plan.gateMs, stage, deps))) return INTERRUPTED;
  // The first third of the gate's time is left to caches and pools to settle.
  const gate = oracle.judgeSteadyState(plan.gateMs / 3);
  context.journal.write({ type: 'gate', ...gate });
  if (!gate.met) return { status: 'aborted', reason: 'steady-state-not-met' };
  await stage.perform(() => oracle.snapshot('before'));
  if (!(await browserFindsShop({ run, stage, deps, mistake }, gate))) {
    return { status: 'aborted', reason: 'steady-state-not-met' };
  }
  deps.onSteady?.();
  const script = startActors(run);
  const certain = () => (deps.untilHarmless ? earlyEnd(script, mistake) : null);
  const stopRequested = () => certain() !== null || deps.stopRequested();
  if (!(await advance(plan.horizonMs, stage, { ...deps, stopRequested }))) return certain() ?? INTERRUPTED;
  oracle.finish();
  await stage.perform(() => oracle.snapshot('end'));
  // In the calm arm and the quiet week there is no mistake that it could be after.
  if (plan.arm !== 'calm' && plan.arm !== 'ordinary') await stage.live?.browser?.after(deps.stopRequested);
  return { status: 'completed', reason: 'horizon' };
}

/** How an arm ends whose outcome nothing can change any more; null while something can. */
function earlyEnd(script: ScriptProgress, mistake: MistakeState): ArmEnd | null {
  if (script.isGoalTold) return { status: 'completed', reason: 'goal-told' };
  const isHarmless = script.hasEnded && !mistake.hasLanded;
  return isHarmless ? { status: 'completed', reason: 'nothing-landed' } : null;
}

/**
 * On live stacks steady state also means that a shopper with a browser can use the shop. She comes once stock has been
 * taken, so that what she leaves behind is never missed.
 */
async function browserFindsShop(
  { run: { context }, stage, deps, mistake }: LivingArm,
  gate: Omit<GateEvent, 'type'>,
): Promise<boolean> {
  const browser = stage.live?.browser ?? null;
  if (browser === null) return true;
  const unmet = await browser.before(() => mistake.hasLanded, deps.stopRequested);
  if (unmet.length === 0) return true;
  context.journal.write({ type: 'gate', met: false, probes: [...gate.probes, ...unmet] });
  return false;
}

const INTERRUPTED: ArmEnd = { status: 'interrupted', reason: 'stop-requested' };

/** Lets time pass to `untilMs`, an hour at a time; false when a stop was asked for. */
async function advance(untilMs: number, stage: Stage, deps: ArmDeps): Promise<boolean> {
  while (stage.clock.nowMs() < untilMs) {
    const nextHourMs = (Math.floor(stage.clock.nowMs() / HOUR_MS) + 1) * HOUR_MS;
    const stop = await stage.advance(Math.min(untilMs, nextHourMs), deps.stopRequested);
    if (stop === 'stop-requested') return false;
    if (stop === 'bound') throw new Error('the arm ran more tasks than any arm should');
    deps.onProgress(stage.clock.nowMs());
  }
  return true;
}

function writeHeader(journal: Journal, plan: Plan, tool: string): void {
  journal.write({
    type: 'header',
    schema: JOURNAL_SCHEMA,
    tool,
    arm: plan.arm,
    stack: plan.stack,
    seed: plan.seed,
    scenario: { id: plan.scenario?.metadata.id ?? 'ordinary', digest: plan.digests.scenario },
    world: { digest: plan.digests.world },
    profile: { id: plan.profile.id, digest: plan.digests.profile },
    builds: plan.digests.builds,
    plan,
  });
}
