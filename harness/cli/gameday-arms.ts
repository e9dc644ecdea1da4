import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { keyOf, type NotedArm, planResume } from '../gameday/resume.ts';
import { digestOf } from '../kernel/digest.ts';
import { messageOf } from '../kernel/errors.ts';
import type { OutlinedArm } from './arm-plans.ts';
import type { ArmPool } from './arm-pool.ts';
import { evidenceFolder } from './browser-shopper.ts';
import type { BrowserUse } from './browser-use.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import type { WatchedBrakes } from './gameday-brakes.ts';
import type { Ledger } from './gameday-ledger.ts';
import type { PlannedGameDay, SubRun } from './gameday-plan.ts';
import { createGameDayProgress } from './gameday-progress.ts';
import type { Output } from './output.ts';
import type { RunningScore } from './score-as-they-end.ts';
import { readJournalText } from './suite-files.ts';
import type { Room } from './table/room.ts';
import { sitDown } from './table/sit-down.ts';
import type { Workspace } from './workspace.ts';

/** An arm and the run that it belongs to. */
export interface GameDayArm {
  readonly run: SubRun;
  readonly arm: OutlinedArm;
}

/** All arms in the order in which they are begun. */
export function armsInOrder({ units, runs }: PlannedGameDay): GameDayArm[] {
  const byName = new Map(runs.map(run => [run.run, run]));
  return units.flatMap(({ run: name, arms }) => {
    const run = byName.get(name);
    return run === undefined ? [] : arms.map(arm => ({ run, arm }));
  });
}

/** Which arms count already; what the others left is removed. */
export function keepEnded(
  arms: readonly GameDayArm[],
  noted: readonly NotedArm[],
  directory: string,
): { readonly kept: ReadonlyMap<string, NotedArm>; readonly toRun: readonly GameDayArm[] } {
  const byKey = new Map(arms.map(each => [gameDayKey(each), each]));
  const { kept, toRun } = planResume(
    arms.map(({ run, arm }) => ({ run: run.run, file: arm.file })),
    noted,
    ({ run, file }) => {
      const text = readJournalText(join(directory, run), file);
      return text === null ? null : digestOf(text);
    },
  );
  for (const { run, file } of toRun) {
    rmSync(join(directory, run, file), { force: true });
    rmSync(join(directory, run, evidenceFolder(file)), { recursive: true, force: true });
  }
  return { kept, toRun: toRun.flatMap(key => byKey.get(keyOf(key)) ?? []) };
}

function gameDayKey({ run, arm }: GameDayArm): string {
  return keyOf({ run: run.run, file: arm.file });
}

export interface ArmsDeps {
  readonly directory: string;
  readonly pool: ArmPool;
  readonly workspace: Workspace;
  /** Null: nobody comes with a browser. */
  readonly browser: BrowserUse | null;
  readonly brakes: WatchedBrakes;
  readonly ledger: Ledger;
  /** By name of run. */
  readonly scoring: ReadonlyMap<string, RunningScore>;
  readonly output: Output;
  /** Null: nobody sits at a table. */
  readonly room: Room | null;
  readonly onFailed: () => void;
}

export interface EndedArms {
  readonly noted: ReadonlyMap<string, NotedArm>;
  /** Messages of arms that ended with an error. */
  readonly failures: readonly string[];
}

/** Runs arms until all have ended or a stop is asked for. Only an arm whose story is whole is noted. */
export async function runGameDayArms(
  toRun: readonly GameDayArm[],
  kept: number,
  deps: ArmsDeps,
): Promise<EndedArms> {
  const { directory, pool, workspace, browser, brakes, ledger, scoring, output } = deps;
  const noted = new Map<string, NotedArm>();
  const failures: string[] = [];
  const progress = createGameDayProgress(
    toRun.map(({ arm }) => arm),
    kept,
    { workers: pool.size, output },
  );
  await forEachAtOnce(toRun, pool.size, async each => {
    if (brakes.look() !== null || pool.isStopRequested) return;
    const { run, arm } = each;
    const startedMs = performance.now();
    try {
      const plan = arm.plan();
      // Only there does it matter what people do about the mistake, and what guardrails leave to them.
      const table = deps.room !== null && arm.arm === 'guarded' ? sitDown(deps.room, plan) : null;
      const job = {
        plan,
        buildFolders: workspace.buildFolders,
        moduleFolder: run.moduleFolder,
        journalPath: join(directory, run.run, arm.file),
        untilHarmless: false,
        ...(table === null ? {} : { table: table.use }),
        ...(browser === null ? {} : { browser }),
      };
      const { status, digest, leftBehind } = await pool.run(job, undefined, table?.answers);
      if (status === 'interrupted') return;
      const note = { run: run.run, file: arm.file, digest, leftBehind };
      ledger.arm(note);
      noted.set(gameDayKey(each), note);
    } catch (error) {
      failures.push(`${gameDayKey(each)}: ${messageOf(error)}`);
      deps.onFailed();
      return;
    }
    progress.ended(arm, performance.now() - startedMs);
    scoring.get(run.run)?.ended(arm);
  });
  return { noted, failures };
}
