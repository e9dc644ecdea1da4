import { join } from 'node:path';
import { formatDuration } from '../kernel/duration.ts';
import { inOrderOfRunning, type OutlinedArm } from './arm-plans.ts';
import type { ArmPool } from './arm-pool.ts';
import type { BrowserUse } from './browser-use.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import type { Output } from './output.ts';
import type { Workspace } from './workspace.ts';

export interface SuiteDeps {
  readonly pool: ArmPool;
  readonly workspace: Workspace;
  /** Folder of the profile's file. */
  readonly moduleFolder: string;
  readonly output: Output;
  /** Least real time of one sample of a live stack, ms. */
  readonly sampleMs?: number;
  /** On live stacks; null or left out: nobody comes with a browser. */
  readonly browser?: BrowserUse | null;
}

/** An arm that has been run; its journal is on disk. */
export interface RanArm {
  readonly file: string;
  /** Empty for an arm that was not begun, since a stop was asked for. */
  readonly digest: string;
  /** Slots that outlived the arm. */
  readonly leftBehind: number;
}

/**
 * Runs all arms and writes their journals to the folder; `onEnded` is told of each whose journal is closed. An arm that
 * fails does not stop the others; the first error is thrown when all have ended.
 */
export async function runArms(
  arms: readonly OutlinedArm[],
  directory: string,
  deps: SuiteDeps,
  onEnded: (arm: OutlinedArm) => void,
): Promise<RanArm[]> {
  const progress = createProgress(arms, deps.output);
  const ran = new Map<string, RanArm>();
  const failures: unknown[] = [];
  await forEachAtOnce(inOrderOfRunning(arms), deps.pool.depth, async arm => {
    if (deps.pool.isStopRequested) return;
    const { file } = arm;
    try {
      const job = {
        plan: arm.plan(),
        buildFolders: deps.workspace.buildFolders,
        moduleFolder: deps.moduleFolder,
        journalPath: join(directory, file),
        untilHarmless: false,
        ...(deps.sampleMs === undefined ? {} : { sampleMs: deps.sampleMs }),
        ...(deps.browser ? { browser: deps.browser } : {}),
      };
      const { digest, leftBehind } = await deps.pool.run(job, atMs => progress.moved(file, atMs));
      if (digest === '') return;
      ran.set(file, { file, digest, leftBehind });
    } catch (error) {
      failures.push(error);
      return;
    }
    progress.ended(arm);
    onEnded(arm);
  });
  if (failures.length > 0) throw failures[0];
  return arms.map(({ file }) => ran.get(file) ?? { file, digest: '', leftBehind: 0 });
}

/** Tells how much world time has passed in all arms together. */
function createProgress(arms: readonly OutlinedArm[], output: Output) {
  const totalMs = arms.reduce((sum, { horizonMs }) => sum + horizonMs, 0);
  const underWay = new Map<string, number>();
  let endedMs = 0;
  let ended = 0;
  let shownPercent = -1;
  const show = () => {
    const passedMs = [...underWay.values()].reduce((sum, atMs) => sum + atMs, endedMs);
    const percent = Math.floor((passedMs / totalMs) * 10) * 10;
    if (percent === shownPercent) return;
    shownPercent = percent;
    output.progress(
      `running: ${percent} %, ${ended} of ${arms.length} arms ended, ${formatDuration(passedMs)} of world time lived through`,
    );
  };
  return {
    moved: (file: string, atMs: number) => {
      underWay.set(file, atMs);
      show();
    },
    ended: ({ file, horizonMs }: OutlinedArm) => {
      underWay.delete(file);
      endedMs += horizonMs;
      ended++;
      show();
    },
  };
}
