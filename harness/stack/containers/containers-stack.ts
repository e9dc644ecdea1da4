import { THIRD_PARTY_HOSTS } from '../../../fixtures/third-parties/third-parties.ts';
import type { Clock } from '../../kernel/clock.ts';
import { HarnessError } from '../../kernel/errors.ts';
import type { Rng } from '../../kernel/rng.ts';
import type { LiveStack } from '../../ports/live-stack.ts';
import type { World } from '../../scenario/world-schema.ts';
import { LiveServiceClock } from '../live/live-service-clock.ts';
import { startPlatformStack } from '../live/start-platform-stack.ts';
import { TrafficBook } from '../live/traffic-book.ts';
import { ContainersPlatform } from './containers-platform.ts';
import type { ContainerEngine } from './engine/container-engine.ts';
import type { RunIdentity } from './engine/labels.ts';
import { type OpenEngineOptions, openEngine } from './engine/open-engine.ts';
import type { ImageName } from './images/image-recipes.ts';
import { imageStates } from './images/image-states.ts';
import { type ProgramDeps, Programs } from './programs.ts';
import type { Machine } from './sweep/owner.ts';
import { sweep } from './sweep/sweep.ts';

export interface ContainersStackDeps {
  readonly world: World;
  /** The arm's chance. */
  readonly rng: Rng;
  /** Real time. */
  readonly real: Clock;
  /** Whose containers they are. */
  readonly run: RunIdentity;
  readonly machine: Machine;
  readonly engine: OpenEngineOptions;
  readonly programs: ProgramDeps;
  /** Not to be guessed: whoever has it may steer every container of the stack. */
  readonly secret: string;
}

/**
 * The mock company in containers with PostgreSQL. First removes what runs that died have left in the engine. Has an edge
 * per region when it resolves; if it rejects, with an `environment` error, nothing is left.
 */
export async function startContainersStack(deps: ContainersStackDeps): Promise<LiveStack> {
  const { world, rng, real, run, machine } = deps;
  const engine = await openEngine(run, deps.engine);
  const docker = engine.client.container.dockerode;
  const wait = (durationMs: number) => real.sleep(durationMs);
  await sweep({ of: 'dead' }, { docker, machine, wait });
  const images = await imagesOf(engine, deps.programs.root);
  const seed = String(rng.keyed('live-stack'));
  const platform = new ContainersPlatform({
    engine,
    programs: new Programs(deps.programs),
    images,
    world,
    seed,
    secret: deps.secret,
    real,
    thirdPartyHosts: THIRD_PARTY_HOSTS,
    sweep: async () => {
      const { failed } = await sweep({ of: 'run', ...run }, { docker, machine, wait });
      return failed.length;
    },
  });
  const clock = new LiveServiceClock(real);
  return startPlatformStack({ platform, world, seed, clock, traffic: new TrafficBook() });
}

async function imagesOf(
  engine: ContainerEngine,
  root: string,
): Promise<{ readonly runtime: string; readonly postgres: string }> {
  const states = await imageStates(engine.client, root);
  const missing = states.filter(({ state }) => state !== 'present');
  if (missing.length > 0) {
    throw new HarnessError('environment', {
      message: `could not start the containers: ${missing.map(({ name, state }) => `the image ${name} is ${state}`).join(', ')}`,
      hint: 'Build the images first: brakecheck images',
    });
  }
  const tag = (wanted: ImageName): string => states.find(({ name }) => name === wanted)?.tag ?? '';
  return { runtime: tag('runtime'), postgres: tag('postgres') };
}
