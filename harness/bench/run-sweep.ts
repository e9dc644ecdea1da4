import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutlinedArm } from '../cli/arm-plans.ts';
import { ArmPool } from '../cli/arm-pool.ts';
import { worstOf } from '../cli/exit-codes.ts';
import { createOutput } from '../cli/output.ts';
import { runArms } from '../cli/run-suite.ts';
import { scoreAsTheyEnd } from '../cli/score-as-they-end.ts';
import type { Workspace } from '../cli/workspace.ts';
import type { Scorecard } from '../score/scorecard.ts';

export interface Sweep {
  readonly workspace: Workspace;
  readonly profile: string;
  readonly arms: readonly OutlinedArm[];
  readonly workers: number;
}

export interface SweptSeeds {
  readonly card: Scorecard;
  /** From the first arm's start to the scorecard, without the start of the threads. */
  readonly wallMs: number;
}

/** Runs and scores a sweep as `run --seeds` does, into a folder that is gone afterwards. */
export async function runSweep({ workspace, profile, arms, workers }: Sweep): Promise<SweptSeeds> {
  const directory = mkdtempSync(join(tmpdir(), 'brakecheck-sweep-'));
  const pool = new ArmPool(workers);
  const silent = { write: () => undefined };
  const deps = { pool, workspace, moduleFolder: '.', output: createOutput(silent, silent, {}) };
  try {
    await Promise.all(arms.slice(0, workers).map(arm => warmUp(pool, arm, workspace)));
    const startedMs = performance.now();
    const scoring = scoreAsTheyEnd(profile, directory, arms);
    await runArms(arms, directory, deps, scoring.ended);
    const card = scoring.finish().scorecard({
      ...{ runId: 'sweep', planned: [], reruns: [], failUnder: null },
      ...{ isClean: true, isInterrupted: false, worstOf },
    });
    return { card, wallMs: performance.now() - startedMs };
  } finally {
    await pool.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** One arm in every thread, so that builds are loaded and first data is there. */
async function warmUp(pool: ArmPool, arm: OutlinedArm, { buildFolders }: Workspace): Promise<void> {
  const plan = arm.plan();
  await pool.run({ plan, buildFolders, moduleFolder: '.', journalPath: null, untilHarmless: false });
}
