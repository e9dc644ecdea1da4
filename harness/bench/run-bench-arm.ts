import type { ServiceDefinition } from '../../fixtures/retail/kit/service.ts';
import type { Workspace } from '../cli/workspace.ts';
import { createGuestLoader } from '../guardrails/guests/guest-loader.ts';
import { builtInGuardrails } from '../guardrails/registry.ts';
import type { Plan } from '../plan/plan.ts';
import { runArm } from '../run/run-arm.ts';
import { createSimStage } from '../run/sim-stage.ts';
import type { Stage, StageFactory } from '../run/stage.ts';
import type { LoadedBuild } from '../stack/load-builds.ts';

export interface BenchArm {
  /** Requests that services answered. */
  readonly requests: number;
  /** Real time of the whole arm, start-up included. */
  readonly wallMs: number;
  /** Processor time of this process meanwhile. */
  readonly cpuMs: number;
  readonly journalBytes: number;
}

/** Runs one arm in this process. The journal's lines are counted and dropped. */
export async function runBenchArm(
  workspace: Workspace,
  plan: Plan,
  wrap: (stage: Stage) => Stage = stage => stage,
): Promise<BenchArm> {
  let requests = 0;
  let journalBytes = 0;
  const createStage: StageFactory = (world, rng) => wrap(createSimStage(world, rng));
  const startedMs = performance.now();
  const startedCpu = process.cpuUsage();
  const end = await runArm(plan, {
    tool: 'brakecheck/bench',
    sink: {
      append: line => {
        journalBytes += line.length;
      },
    },
    createStage,
    builds: countingBuilds(workspace.builds, () => {
      requests++;
    }),
    definitions: builtInGuardrails(),
    createGuests: waitOutside => createGuestLoader({ realDeadline: () => () => undefined, waitOutside }),
    untilHarmless: false,
    stopRequested: () => false,
    onProgress: () => undefined,
  });
  if (end.status !== 'completed') throw new Error(`the arm ended ${end.status}: ${end.reason}`);
  const { user, system } = process.cpuUsage(startedCpu);
  return { requests, wallMs: performance.now() - startedMs, cpuMs: (user + system) / 1_000, journalBytes };
}

/** The builds, with every request that one of their instances is sent counted. */
function countingBuilds(
  builds: ReadonlyMap<string, LoadedBuild>,
  onRequest: () => void,
): ReadonlyMap<string, LoadedBuild> {
  return new Map(
    [...builds].map(([id, build]) => {
      const definition: ServiceDefinition<unknown> = {
        ...build.definition,
        create: context => {
          const app = build.definition.create(context);
          return {
            ...app,
            fetch: request => {
              onRequest();
              return app.fetch(request);
            },
          };
        },
      };
      return [id, { ...build, definition }];
    }),
  );
}
