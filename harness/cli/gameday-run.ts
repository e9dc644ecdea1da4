import { relative, resolve } from 'node:path';
import type { Halt } from '../gameday/brakes.ts';
import { buildScoreboard } from '../gameday/build-scoreboard.ts';
import type { Scoreboard } from '../gameday/scoreboard.ts';
import type { GameDay } from '../scenario/game-day-schema.ts';
import { ArmPool, type ArmsAtOnce } from './arm-pool.ts';
import { type BrowserMode, type BrowserUse, chooseBrowser } from './browser-use.ts';
import type { CommandContext } from './command.ts';
import { type ExitCodeName, worstOf } from './exit-codes.ts';
import { type OpenedDirectory, openGameDayDirectory } from './gameday-directory.ts';
import { writeGameDayManifest } from './gameday-manifest.ts';
import { type PlannedGameDay, planGameDay } from './gameday-plan.ts';
import { applyRetention } from './gameday-retention.ts';
import { writeScoreboard } from './gameday-scoreboard-files.ts';
import { runSitting } from './gameday-sitting.ts';
import { queueGameDayNotices } from './notify-gameday.ts';
import { requireAdapters } from './require-adapters.ts';
import { armsAtOnce } from './stage-factories.ts';
import { nowText } from './wall-clock.ts';
import { type Interruption, watchSignals } from './watch-signals.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** A game day to run, or to go on with. */
export interface GameDayRequest {
  /** Id or path. */
  readonly file: string;
  /** Exactly this folder; left out, one under `reports`. */
  readonly out?: string | undefined;
  /** Folder of all game days; left out, `reports`. Relative to the working folder. */
  readonly reports?: string | undefined;
  readonly fresh?: boolean | undefined;
  readonly workers?: number | undefined;
  /** Left out: as the file says. */
  readonly browser?: BrowserMode | undefined;
  /** Left out: the file `stop` in the game day's folder, which is removed when one begins. */
  readonly stopFile?: string | undefined;
  /** False: nobody is told of anything. */
  readonly notify?: boolean | undefined;
  /** Where the people of the game day's table sit; left out: nobody sits there. */
  readonly room?: { readonly role: string; readonly input: () => NodeJS.ReadableStream } | undefined;
  /** A brake of the caller's own, looked at twice a second. */
  readonly brake?: () => Halt | null;
  /** False where the caller answers Ctrl-C and SIGTERM itself, by `brake`. */
  readonly handlesSignals?: boolean;
}

export interface GameDayOutcome {
  readonly directory: string;
  readonly spec: GameDay;
  readonly scoreboard: Scoreboard;
  readonly exit: ExitCodeName;
  /** False: a later call goes on where this one was halted. */
  readonly isComplete: boolean;
}

/** Runs a game day to its end or until it is halted. Errors of files, usage and machine are thrown; verdicts are not. */
export async function runGameDay(request: GameDayRequest, context: CommandContext): Promise<GameDayOutcome> {
  const workspace = await openWorkspace(context.cwd);
  const planned = planGameDay(request.file, workspace, context.cwd);
  await requireAdapters(
    planned.runs.map(({ profile }) => profile),
    context.cwd,
  );
  const browser = await chooseBrowser(request.browser ?? planned.spec.browser, planned.spec.stack);
  const reports = resolve(context.cwd, request.reports ?? 'reports');
  const opened = openGameDayDirectory({
    gameDay: planned.spec.metadata.id,
    file: planned.file,
    fingerprint: planned.fingerprint,
    reports,
    out: request.out === undefined ? null : resolve(context.cwd, request.out),
    fresh: request.fresh === true,
  });
  try {
    const outcome = await runOpened(planned, opened, { request, workspace, browser, context });
    if (request.out === undefined && outcome.isComplete)
      applyRetention(reports, planned.spec, { spare: opened.directory, output: context.output });
    return outcome;
  } finally {
    opened.lock.release();
  }
}

interface Given {
  readonly request: GameDayRequest;
  readonly workspace: Workspace;
  readonly browser: BrowserUse | null;
  readonly context: CommandContext;
}

async function runOpened(
  planned: PlannedGameDay,
  opened: OpenedDirectory,
  given: Given,
): Promise<GameDayOutcome> {
  const { request, context } = given;
  const { directory, manifest } = opened;
  sayWhere(opened, context);
  const pool = new ArmPool(await workersFor(planned.spec, request));
  const interruption = request.handlesSignals === false ? UNWATCHED : watchSignals(pool);
  try {
    writeGameDayManifest(directory, { ...manifest, sittings: manifest.sittings + 1 });
    const ran = await runSitting(planned, opened, { ...given, pool, interruption });
    const scoreboard = buildScoreboard({
      ...{ spec: planned.spec, seeds: planned.seeds, scenarios: planned.scenarios, runId: manifest.runId },
      day: manifest.startedAt.slice(0, 10),
      ...{ runs: ran.runs, arms: ran.arms, halt: ran.halt },
      worstOf: names =>
        worstOf(names.map(name => (name === 'interrupted' ? (interruption.exitName ?? name) : name))),
    });
    writeScoreboard(directory, scoreboard);
    const isComplete = ran.halt === null && ran.arms.ended === ran.arms.planned;
    if (request.notify !== false)
      queueGameDayNotices(planned.spec, { directory, board: scoreboard, isComplete, output: context.output });
    writeGameDayManifest(directory, {
      ...manifest,
      sittings: manifest.sittings + 1,
      finishedAt: isComplete ? (manifest.finishedAt ?? nowText()) : null,
      exit: isComplete ? { code: scoreboard.exit.code, name: scoreboard.exit.name } : null,
    });
    const { spec } = planned;
    return { directory, spec, scoreboard, exit: scoreboard.exit.name as ExitCodeName, isComplete };
  } finally {
    interruption.close();
    await pool.close();
  }
}

/** People in a room follow one story at a time. */
async function workersFor(
  { table, stack }: PlannedGameDay['spec'],
  { room, workers }: GameDayRequest,
): Promise<number | ArmsAtOnce> {
  return table !== undefined && room !== undefined ? 1 : (workers ?? armsAtOnce(stack));
}

function sayWhere(
  { directory, isResumed, outdated }: OpenedDirectory,
  { output, cwd }: CommandContext,
): void {
  const folder = relative(cwd, directory) || '.';
  output.people(`${isResumed ? 'going on in' : 'writing to'} ${folder}\n`);
  for (const other of outdated)
    output.people(
      `${relative(cwd, other)} was left unfinished; its files have changed since, so it is left as it is\n`,
    );
}

/** For callers that answer signals themselves. */
const UNWATCHED: Interruption = { exitName: null, close: () => undefined };
