import type { Docker } from './connect-engine.ts';
import { engineCall } from './engine-error.ts';

type Container = ReturnType<Docker['getContainer']>;

/**
 * Bytes of memory that a container uses, as `docker stats` shows it: the control group's usage less its inactive page
 * cache (`total_inactive_file` under cgroup v1, `inactive_file` under v2). 0 for one that does not run.
 */
export async function memoryInUse(container: Container): Promise<number> {
  const stats = await engineCall(`read the memory of container ${container.id.slice(0, 12)}`, () =>
    container.stats({ stream: false, 'one-shot': true }),
  );
  const memory = stats.memory_stats as { usage?: number; stats?: Record<string, number> } | undefined;
  const usage = memory?.usage ?? 0;
  const cache = memory?.stats?.total_inactive_file ?? memory?.stats?.inactive_file ?? 0;
  return Math.max(0, usage - cache);
}
