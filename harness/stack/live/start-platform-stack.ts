import { PlatformStack, type PlatformStackDeps } from './platform-stack.ts';

/** Brings up a live stack with an edge for each of the world's regions, and no cell yet. If that fails, nothing is left. */
export async function startPlatformStack(deps: PlatformStackDeps): Promise<PlatformStack> {
  const stack = new PlatformStack(deps);
  try {
    for (const region of deps.world.regions) await stack.openEdge(region);
    return stack;
  } catch (error) {
    // The first failure is the one to tell of.
    await stack.stopAll().catch(() => undefined);
    throw error;
  }
}
