import { startContainersArm } from '../cli/containers-stage.ts';
import { createRealClock } from '../cli/real-clock.ts';
import { projectRoot } from '../cli/workspace.ts';
import { messageOf } from '../kernel/errors.ts';
import { connectEngine, type Docker } from '../stack/containers/engine/connect-engine.ts';
import { memoryInUse } from '../stack/containers/engine/memory-in-use.ts';
import { imageStates } from '../stack/containers/images/image-states.ts';
import { findOurs } from '../stack/containers/sweep/find-ours.ts';
import { ownerOf, thisMachine } from '../stack/containers/sweep/owner.ts';
import { sweep } from '../stack/containers/sweep/sweep.ts';
import { startLocalStack } from '../stack/local/local-stack.ts';
import { type BareContainer, bareContainer, startBare } from './bare-containers.ts';
import { benchPlan, openBenchWorkspace } from './bench-plan.ts';
import { type Figure, round } from './figure.ts';
import { inOneRegion, startLive } from './start-live.ts';

const PLAN = { arm: 'calm', horizonMs: 3_600_000, perSecond: 0.01 } as const;

/** The company on loopback ports: how soon it serves. */
export async function localFigure(): Promise<Figure> {
  const workspace = await openBenchWorkspace();
  const real = createRealClock();
  const upMs = await startLive({
    ...{ workspace, real, plan: inOneRegion(benchPlan(workspace, PLAN)) },
    startStack: (world, rng) => startLocalStack({ world, rng, real }),
  });
  return {
    name: 'the company on loopback ports, one region: from nothing to serving (databases filled, caches warm)',
    ...{ value: round(upMs, 0), unit: 'ms', floor: null, ratio: null },
    target: 'value <= 10000',
    met: upMs <= 10_000,
  };
}

/** The company in containers: how soon it serves and what it takes. Without an engine or images, the reason why it was skipped. */
export async function containersFigures(): Promise<readonly Figure[] | { readonly skipped: string }> {
  const reason = await whyNot();
  if (reason !== null) return { skipped: `containers: ${reason}` };
  const workspace = await openBenchWorkspace();
  const real = createRealClock();
  const docker = (await connectEngine(process.env.DOCKER_HOST)).container.dockerode;
  let bytes = 0;
  let made: BareContainer[] = [];
  let runningMs = 0;
  const startedAtMs = Date.now();
  const upMs = await startLive({
    ...{ workspace, real, plan: inOneRegion(benchPlan(workspace, PLAN)) },
    startStack: (world, rng) => startContainersArm({ world, rng, real, journalPath: null }),
    look: async () => {
      const ids = await ownContainers(docker);
      const sizes = await Promise.all(ids.map(id => memoryInUse(docker.getContainer(id))));
      bytes = sizes.reduce((sum, size) => sum + size, 0);
      made = await Promise.all(ids.map(id => bareContainer(docker, id)));
      runningMs = Math.max(...made.map(container => container.startedAtMs)) - startedAtMs;
    },
  });
  const bareMs = await timeBare(docker, made);
  return [memoryFigure(bytes, made.length), startFigure({ upMs, runningMs, bareMs, count: made.length })];
}

function memoryFigure(bytes: number, count: number): Figure {
  const megabytes = bytes / 1e6;
  return {
    name: `memory of the company in containers, one region (${count} containers with PostgreSQL, as docker stats counts it)`,
    ...{ value: round(megabytes, 0), unit: 'MB', floor: null, ratio: null },
    target: 'value <= 1500',
    met: megabytes <= 1_500,
  };
}

interface StartTimes {
  /** Until the company serves. */
  readonly upMs: number;
  /** Until the last of its containers runs. */
  readonly runningMs: number;
  readonly bareMs: number;
  readonly count: number;
}

function startFigure({ upMs, runningMs, bareMs, count }: StartTimes): Figure {
  const ratio = runningMs / bareMs;
  return {
    name: `the company in containers, one region: until its ${count} containers run, against the same ones started at once through the bare engine API (until it serves, with databases filled and caches warm: ${round(upMs, 0)} ms)`,
    ...{ value: round(runningMs, 0), unit: 'ms', floor: round(bareMs, 0), ratio: round(ratio) },
    target: 'ratio <= 1.3',
    met: ratio <= 1.3,
  };
}

async function timeBare(docker: Docker, containers: readonly BareContainer[]): Promise<number> {
  const machine = thisMachine();
  const run = { runId: 'bench', part: 'bare', owner: ownerOf(process.pid, machine), evidenceDir: null };
  const real = createRealClock();
  try {
    const startedMs = real.nowMs();
    await startBare(docker, containers, run);
    return real.nowMs() - startedMs;
  } finally {
    const { failed } = await sweep({ of: 'run', ...run }, { docker, machine, wait: real.sleep });
    if (failed.length > 0)
      process.stderr.write(`${failed.length} containers of the bench are left: brakecheck clean\n`);
  }
}

/** Those of this process: others may be at work beside it. */
async function ownContainers(docker: Docker): Promise<string[]> {
  const all = await findOurs(docker);
  return all
    .filter(({ kind, owner }) => kind === 'container' && owner?.pid === process.pid)
    .map(({ id }) => id);
}

async function whyNot(): Promise<string | null> {
  try {
    const client = await connectEngine(process.env.DOCKER_HOST);
    const absent = (await imageStates(client, projectRoot())).filter(({ state }) => state !== 'present');
    return absent.length === 0
      ? null
      : `the images ${absent.map(({ name }) => name).join(', ')} are not built`;
  } catch (error) {
    return messageOf(error);
  }
}
