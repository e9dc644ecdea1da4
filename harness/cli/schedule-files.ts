import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nextDue } from '../gameday/schedule/due-times.ts';
import type { ScheduledDay } from '../gameday/schedule/scheduled-day.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import type { GameDay } from '../scenario/game-day-schema.ts';
import { planGameDay } from './gameday-plan.ts';
import { nowText } from './wall-clock.ts';
import { openWorkspace } from './workspace.ts';

/** A scheduled game day as its file is. */
export interface ScheduledFile extends ScheduledDay {
  /** What the command line named. */
  readonly asked: string;
  /** Absolute. */
  readonly path: string;
  readonly spec: GameDay;
}

/** What came of looking at the files again. */
export type FilesNote =
  | { readonly type: 'reloaded'; readonly gameDays: readonly string[] }
  | { readonly type: 'invalid'; readonly message: string };

/** The game days that are scheduled, read again when their files change or when it is asked. */
export class ScheduleFiles {
  private readonly asked: readonly string[];
  private readonly cwd: string;
  private readonly tell: (note: FilesNote) => void;
  private files: readonly ScheduledFile[];
  private seen: string;
  private isAsked = false;

  /** Reads them for the first time; throws what is wrong with any of them. */
  static async open(
    asked: readonly string[],
    cwd: string,
    tell: (note: FilesNote) => void,
  ): Promise<ScheduleFiles> {
    return new ScheduleFiles(asked, cwd, { tell, files: await loadAll(asked, cwd) });
  }

  private constructor(
    asked: readonly string[],
    cwd: string,
    { tell, files }: { tell: (note: FilesNote) => void; files: readonly ScheduledFile[] },
  ) {
    this.asked = asked;
    this.cwd = cwd;
    this.tell = tell;
    this.files = files;
    this.seen = stampOf(files);
  }

  get all(): readonly ScheduledFile[] {
    return this.files;
  }

  find(id: string): ScheduledFile | undefined {
    return this.files.find(file => file.id === id);
  }

  /** Makes the next `current` read everything. */
  askReload(): void {
    this.isAsked = true;
  }

  /** The files as they are. One that became invalid changes nothing until it is mended; that is told. */
  async current(): Promise<readonly ScheduledFile[]> {
    const stamp = stampOf(this.files);
    if (stamp === this.seen && !this.isAsked) return this.files;
    this.isAsked = false;
    this.seen = stamp;
    try {
      const files = await loadAll(this.asked, this.cwd);
      refuseOtherIds(this.files, files);
      this.files = files;
      this.seen = stampOf(files);
      this.tell({ type: 'reloaded', gameDays: files.map(({ id }) => id) });
    } catch (error) {
      this.tell({ type: 'invalid', message: messageOf(error) });
    }
    return this.files;
  }
}

async function loadAll(asked: readonly string[], cwd: string): Promise<ScheduledFile[]> {
  const workspace = await openWorkspace(cwd);
  const files = asked.map((name): ScheduledFile => {
    const { file, spec } = planGameDay(name, workspace, cwd);
    const { id } = spec.metadata;
    if (spec.schedule === undefined) throw unscheduled(file, id);
    if (nextDue(spec.schedule, Date.parse(nowText())) === null) throw neverDue(file, spec.schedule.cron);
    return { id, schedule: spec.schedule, asked: name, path: resolve(cwd, file), spec };
  });
  const twin = files.find(({ id }, index) => files.findIndex(other => other.id === id) !== index);
  if (twin !== undefined) {
    throw new HarnessError('usage', {
      message: `could not schedule the game day "${twin.id}": it is named twice`,
      hint: 'Name each game day once; what was done is kept by its id.',
    });
  }
  return files;
}

function refuseOtherIds(before: readonly ScheduledFile[], after: readonly ScheduledFile[]): void {
  const changed = after.find(({ id }, index) => before[index]?.id !== id);
  if (changed === undefined) return;
  throw new HarnessError('file', {
    message: `could not take over ${changed.path}: its id is "${changed.id}" now`,
    hint: 'Start the scheduler again for another id.',
  });
}

/** Changes when a file does. A file that is gone is noticed too. */
function stampOf(files: readonly ScheduledFile[]): string {
  return files
    .map(({ path }) => {
      const found = statSync(path, { throwIfNoEntry: false });
      return found === undefined ? 'gone' : `${found.ino} ${found.size} ${found.mtimeMs}`;
    })
    .join('\n');
}

function unscheduled(file: string, id: string): HarnessError {
  return new HarnessError('file', {
    message: `could not schedule ${file}: the game day "${id}" does not say when it is due`,
    hint: 'Add a schedule, such as  schedule: { cron: "0 10 * * TUE", timeZone: Europe/Berlin }',
  });
}

function neverDue(file: string, cron: string): HarnessError {
  return new HarnessError('file', {
    message: `could not schedule ${file}: "${cron}" is never due`,
    hint: 'Name a day that exists; no year has a 30th of February.',
  });
}
