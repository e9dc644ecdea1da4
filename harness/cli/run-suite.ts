import { join } from 'node:path';
import { formatDuration } from '../kernel/duration.ts';
import type { PlannedArm } from './arm-plans.ts';
import type { ArmPool } from './arm-pool.ts';
import type { Output } from './output.ts';
import type { Workspace } from './workspace.ts';

export interface SuiteDeps {
  readonly pool: ArmPool;
  readonly workspace: Workspace;
  /** Folder of the profile's file. */
  readonly moduleFolder: string;
  readonly output: Output;
}

/** An arm that has been run; its journal is on disk. */
export interface RanArm {
  readonly file: string;
  readonly digest: string;
  /** Slots that outlived the arm. */
  readonly leftBehind: number;
}

/** Runs all arms and writes their journals to the folder. An arm that fails does not stop the others; the first error is thrown when all have ended. */
export async function runArms(
  arms: readonly PlannedArm[],
  directory: string,
  deps: SuiteDeps,
): Promise<RanArm[]> {
  const progress = createProgress(arms, deps.output);
  const settled = await Promise.allSettled(
    arms.map(async ({ plan, file }) => {
      const job = {
        plan,
        buildFolders: deps.workspace.buildFolders,
        moduleFolder: deps.moduleFolder,
        journalPath: join(directory, file),
        untilHarmless: false,
      };
      const { digest, leftBehind } = await deps.pool.run(job, atMs => progress.moved(file, atMs));
      progress.ended(file);
      return { file, digest, leftBehind };
    }),
  );
  const failed = settled.find(result => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return settled.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
}

/** Tells how much world time has passed in all arms together. */
function createProgress(arms: readonly PlannedArm[], output: Output) {
  const totalMs = arms.reduce((sum, { plan }) => sum + plan.horizonMs, 0);
  const passed = new Map<string, number>();
  const horizons = new Map(arms.map(({ file, plan }) => [file, plan.horizonMs]));
  let ended = 0;
  let shownPercent = -1;
  const show = () => {
    const passedMs = [...passed.values()].reduce((sum, atMs) => sum + atMs, 0);
    const percent = Math.floor((passedMs / totalMs) * 10) * 10;
    if (percent === shownPercent) return;
    shownPercent = percent;
    output.progress(
      `running: ${percent} %, ${ended} of ${arms.length} arms ended, ${formatDuration(passedMs)} of world time lived through`,
    );
  };
  return {
    moved: (file: string, atMs: number) => {
      passed.set(file, atMs);
      show();
    },
    ended: (file: string) => {
      passed.set(file, horizons.get(file) ?? 0);
      ended++;
      show();
    },
  };
}
