import { planSuite } from '../cli/arm-plans.ts';
import { worstOf } from '../cli/exit-codes.ts';
import type { StackKind } from '../cli/stage-factories.ts';
import { TOOL } from '../cli/tool.ts';
import { openWorkspace, type Workspace } from '../cli/workspace.ts';
import type { AdapterLoader } from '../guardrails/create-chain.ts';
import { createGuestLoader } from '../guardrails/guests/guest-loader.ts';
import { builtInGuardrails } from '../guardrails/registry.ts';
import type { Arm, JournalLine } from '../journal/events.ts';
import { readJournal } from '../journal/reader.ts';
import { memorySink } from '../journal/writer.ts';
import { invariant } from '../kernel/invariant.ts';
import type { Plan } from '../plan/plan.ts';
import type { GuardrailDefinition } from '../ports/guardrail.ts';
import { type FinishedArm, runArm } from '../run/run-arm.ts';
import { createSimStage } from '../run/sim-stage.ts';
import type { StageFactory } from '../run/stage.ts';
import { loadFile } from '../scenario/load-file.ts';
import { buildScorecard } from '../score/build-scorecard.ts';
import type { ArmScore } from '../score/scorecard.ts';
import { smallProfile } from './small-scenario.ts';

export interface ArmRequest {
  /** The scenario's and the profile's text; no profile: no guardrails. The `ordinary` arm looks at no scenario. */
  readonly scenario: string;
  readonly profile?: string;
  readonly arm: Arm;
  readonly seed?: string;
  /** What is run instead of the plan. */
  readonly adjust?: (plan: Plan) => Plan;
  /** Guardrails of the test's own, besides the built-in ones. */
  readonly definitions?: readonly GuardrailDefinition[];
  /** Folder from which modules of the profile are loaded. */
  readonly moduleFolder?: string;
  /** Seats guardrails that an adapter asks. */
  readonly createAdapters?: (waitOutside: <T>(answer: Promise<T>) => Promise<T>) => AdapterLoader;
  /** Asked now and then; true ends the arm early. */
  readonly stopRequested?: () => boolean;
  /** What the plan says; left out: `sim`. */
  readonly stack?: StackKind;
  /** Instead of the embedded simulation as it is. */
  readonly createStage?: StageFactory;
}

export interface RanArm {
  readonly finished: FinishedArm;
  readonly text: string;
  readonly lines: readonly JournalLine[];
}

let opened: Promise<Workspace> | undefined;

/** Runs one arm inside the test's own process, as a worker of the command line would, with its journal in memory. */
export async function runOneArm(request: ArmRequest): Promise<RanArm> {
  opened ??= openWorkspace(process.cwd());
  const workspace = await opened;
  const sink = memorySink();
  const { adjust = plan => plan } = request;
  const finished = await runArm(adjust(planOf(request, workspace)), {
    tool: TOOL,
    sink,
    createStage: request.createStage ?? createSimStage,
    builds: workspace.builds,
    definitions: new Map([
      ...builtInGuardrails(),
      ...(request.definitions ?? []).map(definition => [definition.name, definition] as const),
    ]),
    createGuests: waitOutside =>
      createGuestLoader({ realDeadline, waitOutside, baseDir: request.moduleFolder ?? '.' }),
    ...(request.createAdapters === undefined ? {} : { createAdapters: request.createAdapters }),
    untilHarmless: false,
    stopRequested: request.stopRequested ?? (() => false),
    onProgress: () => undefined,
  });
  const text = sink.text();
  return { finished, text, lines: readJournal(text, request.arm).lines };
}

/** What the unguarded arm of a scenario did, measured against its calm arm. */
export async function measureUnguarded(scenario: string): Promise<ArmScore> {
  const journals = [];
  for (const arm of ['calm', 'unguarded'] as const)
    journals.push({ file: `${arm}.jsonl`, text: (await runOneArm({ scenario, arm })).text });
  const card = buildScorecard({
    ...{ runId: 'test', profile: 'none', planned: [], reruns: [], failUnder: null },
    ...{ journals, isClean: true, isInterrupted: false, worstOf },
  });
  const score = card.scenarios[0]?.arms.unguarded;
  invariant(score !== undefined && score !== null, 'the unguarded arm has just been run');
  return score;
}

function planOf(
  { scenario, profile, arm, seed = '1', moduleFolder = '.', stack = 'sim' }: ArmRequest,
  workspace: Workspace,
) {
  const file = (name: string, text: string) => [name, Buffer.from(text)] as const;
  const arms = planSuite(
    {
      scenarios: [loadFile(...file('scenario.yaml', scenario), 'Scenario')],
      profile: loadFile(
        ...file(`${moduleFolder}/profile.yaml`, profile ?? smallProfile('none', [])),
        'Profile',
      ),
      seeds: [seed],
      ordinary: arm === 'ordinary',
      stack,
    },
    workspace,
  );
  const planned = arms.find(({ plan }) => plan.arm === arm);
  invariant(planned !== undefined, `a suite has the arm ${arm}`);
  return planned.plan;
}

function realDeadline(limitMs: number, onExpired: () => void): () => void {
  const timer = setTimeout(onExpired, limitMs);
  return () => clearTimeout(timer);
}
