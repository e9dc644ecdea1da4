import { createRealClock } from '../../../cli/real-clock.ts';
import { PROJECT } from '../../../testing/command-line.ts';
import type { Docker } from '../engine/connect-engine.ts';
import type { ContainerEngine } from '../engine/container-engine.ts';
import type { RunIdentity } from '../engine/labels.ts';
import { openEngine } from '../engine/open-engine.ts';
import type { ImageName } from '../images/image-recipes.ts';
import { imageStates } from '../images/image-states.ts';
import { type Machine, ownerOf, thisMachine } from '../sweep/owner.ts';
import type { SweepDeps } from '../sweep/sweep.ts';

/** A run that this test's process owns, under an id that no other test uses. */
export function testRun(part: string, evidenceDir: string | null = null): RunIdentity {
  const owner = ownerOf(process.pid, thisMachine());
  return { runId: `test-${process.pid}`, part, owner, evidenceDir };
}

/** An engine for the tests of a file; whatever they leave is swept when the file has ended. */
export async function testEngine(run: RunIdentity, ryuk: string | null = null): Promise<ContainerEngine> {
  return openEngine(run, { dockerHost: process.env.DOCKER_HOST, ryuk });
}

export function sweepDeps(docker: Docker, machine: Machine = thisMachine()): SweepDeps {
  return { docker, machine, wait: createRealClock().sleep };
}

/** The tag of one of our images, as it is built now. */
export async function imageTag(engine: ContainerEngine, name: ImageName): Promise<string> {
  const states = await imageStates(engine.client, PROJECT);
  return states.find(state => state.name === name)?.tag ?? '';
}
