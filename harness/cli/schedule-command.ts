import { join, resolve } from 'node:path';
import { nextDue } from '../gameday/schedule/due-times.ts';
import type { SchedulerNote } from '../gameday/schedule/ports.ts';
import { runScheduler } from '../gameday/schedule/run-scheduler.ts';
import type { CommandContext } from './command.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { applyRetention } from './gameday-retention.ts';
import { readScoreboard } from './gameday-scoreboard-files.ts';
import { createScheduleNotifier } from './notify-schedule.ts';
import { createWallClock } from './schedule-clock.ts';
import { describeDue } from './schedule-dry-run.ts';
import { type FilesNote, ScheduleFiles } from './schedule-files.ts';
import { ScheduleHealth } from './schedule-health.ts';
import { createScheduleLog, logLineOf, type WriteLog } from './schedule-log.ts';
import { createScheduleMetrics } from './schedule-metrics.ts';
import type { ScheduleOptions } from './schedule-options.ts';
import { createGameDayRunner } from './schedule-runner.ts';
import { serveSchedule } from './schedule-server.ts';
import { watchScheduleSignals } from './schedule-signals.ts';
import { createScheduleStore, makeFolder } from './schedule-store.ts';

/** Longest time between two looks at clock, files and locks, ms. */
const LOOK_MS = 30_000;

/** `brakecheck schedule`. */
export async function scheduleCommand(
  asked: readonly string[],
  options: ScheduleOptions,
  context: CommandContext,
): Promise<ExitCodeName> {
  const clock = createWallClock();
  if (options.dryRun === true) return listDue(asked, options, context, clock.nowMs());
  const log = createScheduleLog(context.output, options.log);
  const told = new Watchers(log);
  const files = await ScheduleFiles.open(asked, context.cwd, note => told.files(note));
  const folders = foldersOf(options, context.cwd);
  let nudge = () => {};
  const signals = watchScheduleSignals(log, () => {
    files.askReload();
    nudge();
  });
  const notifier = notifierOf(options, { folders, files, log });
  const server = await listen(options, { told, files, log, nowMs: () => clock.nowMs() });
  try {
    await runScheduler({
      ...{ clock, signal: signals.signal, mostMs: LOOK_MS, days: () => files.current() },
      store: createScheduleStore(folders.state),
      runner: createGameDayRunner({
        ...{ cwd: context.cwd, ...folders, isQuiet: options.notify === false },
        fileOf: id => files.find(id)?.asked ?? id,
      }),
      tell: note => {
        told.scheduler(note);
        notifier?.observe(note);
        if (note.type === 'looked') told.next(files, note.atMs);
        if (note.type === 'event' && note.event.type === 'ended')
          afterRun(note, { files, folders, told, log });
      },
      onNudge: given => {
        nudge = given;
      },
    });
  } finally {
    await notifier?.close();
    await server?.close();
    signals.close();
  }
  log({ level: 'info', event: 'ended-all', words: 'ended' });
  return signals.exitName;
}

/** `--dry-run`: the next due times, and nothing else. */
async function listDue(
  asked: readonly string[],
  { from, count, json }: ScheduleOptions,
  { cwd, output }: CommandContext,
  nowMs: number,
): Promise<ExitCodeName> {
  const { all } = await ScheduleFiles.open(asked, cwd, () => undefined);
  output.machine(describeDue(all, { fromMs: from ?? nowMs, count, json: json === true }));
  return 'held';
}

/** Everybody who is told what the scheduler does. */
class Watchers {
  readonly health = new ScheduleHealth();
  readonly metrics = createScheduleMetrics();
  private readonly log: WriteLog;

  constructor(log: WriteLog) {
    this.log = log;
  }

  scheduler(note: SchedulerNote): void {
    this.health.observe(note);
    this.metrics.observe(note);
    const line = logLineOf(note);
    if (line !== null) this.log(line);
  }

  files(note: FilesNote): void {
    this.health.filesProblem(note.type === 'invalid' ? note.message : null);
    this.metrics.filesAreValid(note.type !== 'invalid');
    const line = logLineOf(note);
    if (line !== null) this.log(line);
  }

  next(files: ScheduleFiles, nowMs: number): void {
    for (const { id, schedule } of files.all) this.metrics.next(id, nextDue(schedule, nowMs));
  }
}

/** Null with --no-notify. */
function notifierOf(
  { notify }: ScheduleOptions,
  { folders, files, log }: { folders: Folders; files: ScheduleFiles; log: WriteLog },
) {
  if (notify === false) return null;
  return createScheduleNotifier({ ...folders, log, specOf: id => files.find(id)?.spec });
}

interface Folders {
  readonly reports: string;
  readonly state: string;
}

function foldersOf(options: ScheduleOptions, cwd: string): Folders {
  const reports = resolve(cwd, options.reports);
  const state = options.state === undefined ? join(reports, 'schedule') : resolve(cwd, options.state);
  // Found out now, not on the first Tuesday.
  makeFolder(reports);
  makeFolder(state);
  return { reports, state };
}

async function listen(
  { listen: address }: ScheduleOptions,
  given: {
    readonly told: Watchers;
    readonly files: ScheduleFiles;
    readonly log: WriteLog;
    readonly nowMs: () => number;
  },
) {
  if (address === false) return null;
  const { told, files, log, nowMs } = given;
  const server = await serveSchedule(address, {
    health: () => told.health.at(nowMs(), files.all),
    registry: told.metrics.registry,
  });
  const isLoopback = /^(127\.|::1$|localhost$)/.test(address.host);
  const open = isLoopback ? '' : '; everybody who reaches this address can read them';
  log({
    ...{ level: isLoopback ? 'info' : 'warning', event: 'listening' },
    words: `/healthz and /metrics are on http://${server.address}${open}`,
    fields: { address: server.address },
  });
  return server;
}

/** Figures of what has ended, and room on the disk. Trouble with either is told and ends nothing. */
function afterRun(
  { gameDay, state }: Extract<SchedulerNote, { type: 'event' }>,
  { files, folders, told, log }: { files: ScheduleFiles; folders: Folders; told: Watchers; log: WriteLog },
): void {
  const spec = files.find(gameDay)?.spec;
  const [last] = state.recent;
  if (spec === undefined || last === undefined) return;
  try {
    const { score, verdicts } = readScoreboard(join(folders.reports, last.folder));
    const { contained, escaped, inconclusive } = verdicts;
    told.metrics.figures(gameDay, { score: score.value, contained, escaped, inconclusive });
  } catch {
    // It ended without a scoreboard, which the log says by its outcome.
  }
  const say = (text: string) => log({ level: 'info', event: 'retention', gameDay, words: text.trim() });
  const output = { people: say, machine: say, progress: say, hasColour: false };
  applyRetention(folders.reports, spec, { spare: null, output });
}
