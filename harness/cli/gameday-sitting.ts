import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Halt } from '../gameday/brakes.ts';
import type { ScoredRun } from '../gameday/build-scoreboard.ts';
import { keyOf, type NotedArm } from '../gameday/resume.ts';
import type { Scoreboard } from '../gameday/scoreboard.ts';
import type { ArmPool } from './arm-pool.ts';
import type { BrowserUse } from './browser-use.ts';
import type { CommandContext } from './command.ts';
import { armsInOrder, type EndedArms, type GameDayArm, keepEnded, runGameDayArms } from './gameday-arms.ts';
import { type WatchedBrakes, watchBrakes } from './gameday-brakes.ts';
import type { OpenedDirectory } from './gameday-directory.ts';
import { type Ledger, type Noted, openLedger, readLedger } from './gameday-ledger.ts';
import type { PlannedGameDay } from './gameday-plan.ts';
import type { GameDayRequest } from './gameday-run.ts';
import { finishRun, prepareRun } from './gameday-runs.ts';
import { type RunningScore, scoreAsTheyEnd } from './score-as-they-end.ts';
import { compareTables } from './table/compare-tables.ts';
import { openRoom, type Room } from './table/room.ts';
import type { Interruption } from './watch-signals.ts';
import type { Workspace } from './workspace.ts';

export interface Sitting {
  readonly request: GameDayRequest;
  readonly workspace: Workspace;
  /** Null: nobody comes with a browser. */
  readonly browser: BrowserUse | null;
  readonly context: CommandContext;
  readonly pool: ArmPool;
  readonly interruption: Interruption;
}

export interface RanGameDay {
  readonly runs: readonly ScoredRun[];
  readonly arms: Scoreboard['arms'];
  readonly halt: Halt | null;
}

/** What is on the disk when a sitting begins. */
interface Begun {
  readonly arms: readonly GameDayArm[];
  readonly noted: Noted;
  readonly kept: ReadonlyMap<string, NotedArm>;
  readonly toRun: readonly GameDayArm[];
  readonly ledger: Ledger;
  readonly scoring: ReadonlyMap<string, RunningScore>;
}

/** Runs what is left, and scores all there is. */
export async function runSitting(
  planned: PlannedGameDay,
  { directory, manifest }: OpenedDirectory,
  sitting: Sitting,
): Promise<RanGameDay> {
  const { context, pool, workspace, browser } = sitting;
  for (const run of planned.runs) prepareRun(run, directory, manifest.runId);
  let armsFailed = 0;
  const brakes = startBrakes(planned, directory, { ...sitting, armsFailed: () => armsFailed });
  let room: Room | null = null;
  try {
    const begun = begin(planned, directory);
    room = roomFor(planned, directory, sitting);
    const ended = await runGameDayArms(begun.toRun, begun.kept.size, {
      ...{ directory, pool, workspace, browser, brakes, room, output: context.output },
      ...{ ledger: begun.ledger, scoring: begun.scoring },
      onFailed: () => {
        armsFailed++;
      },
    });
    sayFailures(ended, context);
    const runs = await finishRuns(planned, directory, { begun, ended, brakes, sitting });
    if (brakes.look() === null) await compareTables(planned, directory, sitting);
    const { length: failed } = ended.failures;
    return {
      runs,
      arms: { planned: begun.arms.length, ended: begun.kept.size + ended.noted.size, failed },
      halt: brakes.halt,
    };
  } finally {
    room?.close();
    brakes.close();
  }
}

/** Null where the file has no table, or nobody is there to sit at it. */
function roomFor({ spec, scenarios }: PlannedGameDay, directory: string, sitting: Sitting): Room | null {
  const { table } = spec;
  const { request, context, pool } = sitting;
  if (table === undefined) return null;
  if (request.room === undefined) {
    context.output.people('nobody sits at the table; all people are simulated\n');
    return null;
  }
  const isStopping = () => pool.isStopRequested;
  return openRoom({ table, scenarios, directory, ...request.room, output: context.output, isStopping });
}

function begin(planned: PlannedGameDay, directory: string): Begun {
  const arms = armsInOrder(planned);
  const noted = readLedger(directory);
  const { kept, toRun } = keepEnded(arms, noted.arms, directory);
  const ledger = openLedger(directory, { arms: [...kept.values()], reruns: noted.reruns });
  const scoring = planned.runs.map(({ run, profile, arms: own }) => {
    const isKept = (arm: { readonly file: string }) => kept.has(keyOf({ run, file: arm.file }));
    return [run, scoreAsTheyEnd(profile.value.metadata.id, join(directory, run), own, isKept)] as const;
  });
  return { arms, noted, kept, toRun, ledger, scoring: new Map(scoring) };
}

function startBrakes(
  { spec }: PlannedGameDay,
  directory: string,
  {
    request,
    context,
    pool,
    interruption,
    armsFailed,
  }: Pick<Sitting, 'request' | 'context' | 'pool' | 'interruption'> & { readonly armsFailed: () => number },
): WatchedBrakes {
  const own = join(directory, 'stop');
  // Whoever calls again wants it to go on; a stop file of the caller's own is the caller's to remove.
  rmSync(own, { force: true });
  return watchBrakes({
    ...{ limits: spec.abortWhen, directory, armsFailed },
    stopFile: request.stopFile === undefined ? own : resolve(context.cwd, request.stopFile),
    other: () => signalHalt(interruption) ?? request.brake?.() ?? null,
    onHalt: ({ by, because }) => {
      if (by !== 'signal') context.output.people(`halting: ${because}; the journals are being closed\n`);
      pool.requestStop();
    },
  });
}

async function finishRuns(
  planned: PlannedGameDay,
  directory: string,
  {
    begun,
    ended,
    brakes,
    sitting,
  }: { begun: Begun; ended: EndedArms; brakes: WatchedBrakes; sitting: Sitting },
): Promise<ScoredRun[]> {
  const noted = new Map([...begun.kept, ...ended.noted]);
  const runs: ScoredRun[] = [];
  for (const run of planned.runs) {
    const tally = begun.scoring.get(run.run)?.finish();
    if (tally === undefined) continue;
    const isHalted = brakes.look() !== null || noted.size < begun.arms.length;
    const scored = await finishRun(run, tally, {
      ...{ directory, noted, isHalted },
      ...{ pool: sitting.pool, workspace: sitting.workspace, output: sitting.context.output },
      reruns: begun.noted.reruns.get(run.run) ?? null,
      // A re-run has simulated people, and would be compared with what others decided.
      attribution: planned.spec.attribution && sitting.request.room === undefined,
      interruption: sitting.interruption.exitName,
      onReruns: reruns => begun.ledger.reruns(run.run, reruns),
    });
    runs.push(scored);
  }
  return runs;
}

function signalHalt({ exitName }: Interruption): Halt | null {
  if (exitName === null) return null;
  const signal = exitName === 'interrupted' ? 'Ctrl-C' : 'SIGTERM';
  return { by: 'signal', because: `stopped by ${signal}`, exit: 'interrupted' };
}

const MOST_TOLD = 5;

function sayFailures({ failures }: EndedArms, { output }: CommandContext): void {
  for (const failure of failures.slice(0, MOST_TOLD))
    output.people(`an arm ended with an error: ${failure}\n`);
  if (failures.length > MOST_TOLD) output.people(`and ${failures.length - MOST_TOLD} more\n`);
}
