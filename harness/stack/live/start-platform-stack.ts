import { PlatformStack, type PlatformStackDeps } from './platform-stack.ts';
import { runAll } from './run-all.ts';

/** Brings up a live stack with an edge for each of the world's regions, and no cell yet. If that fails, nothing is left. */
export async function startPlatformStack(deps: PlatformStackDeps): Promise<PlatformStack> {
  const stack = new PlatformStack(deps);
  try {
    const openings = deps.world.regions.map(region => () => stack.openEdge(region));
    await runAll(openings, 'could not open all edges');
    return stack;
  } catch (error) {
    // The first failure is the one to tell of.
    await stack.stopAll().catch(() => undefined);
    throw error;
  }
}
