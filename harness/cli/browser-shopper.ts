import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { BrowsedJourney } from '../journal/events.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ArmBrowser, BrowserLook, BrowserShopper } from '../run/live/browser-shopper.ts';
import { makeOwnedFolder, removeOwnedFolder } from '../stack/containers/sweep/owned-folders.ts';
import { ownerOf, thisMachine } from '../stack/containers/sweep/owner.ts';
import type { BrowserJourney } from '../traffic/browser/evidence.ts';
import type { BrowserUse } from './browser-use.ts';

export interface BrowserShopperDeps {
  readonly use: BrowserUse;
  /** The arm's journal file: evidence goes into a folder beside it. Null: the arm leaves nothing, so nobody looks. */
  readonly journalPath: string | null;
  readonly real: Clock;
}

/** The shopper with a browser for one arm. Undefined when the arm is to go without one. */
export function createBrowserShopper({ use, journalPath, real }: BrowserShopperDeps): ArmBrowser | undefined {
  if (journalPath === null) return undefined;
  if ('missing' in use) return use;
  const runFolder = dirname(journalPath);
  const look: BrowserShopper['look'] = order =>
    inFolderOfItsOwn(basename(runFolder), async () => {
      const { runBrowserJourneys } = await import('../traffic/browser/run-browser-journeys.ts');
      const folder = join(evidenceFolder(basename(journalPath)), folderName(order));
      const { number: _, ...rest } = order;
      const { journeys } = await runBrowserJourneys({
        ...rest,
        browser: use.path,
        evidenceDir: join(runFolder, folder),
        clock: real,
      });
      return journeys.map(journey => withinRun(journey, folder));
    });
  return { isRequired: use.isRequired, look };
}

/** Where an arm's pictures are, from the run's folder. `journal`: the name of its file. */
export function evidenceFolder(journal: string): string {
  return join('evidence', basename(journal, '.jsonl').replaceAll('.', '-'));
}

function folderName({ number, when, region }: BrowserLook): string {
  return `${String(number).padStart(2, '0')}-${when}-${region}`;
}

/** Paths from the run's folder, with slashes on every system, as a page links them. */
function withinRun({ journey, succeeded, steps, trace }: BrowserJourney, folder: string): BrowsedJourney {
  const path = (file: string | null) => (file === null ? null : `${folder.replaceAll('\\', '/')}/${file}`);
  return {
    journey,
    succeeded,
    steps: steps.map(step => ({
      ...step,
      durationMs: Math.round(step.durationMs),
      screenshot: path(step.screenshot),
    })),
    trace: path(trace),
  };
}

/**
 * A browser leaves profiles and sockets in the system's folder for temporary files when its harness is killed. In a
 * folder with an owner, the next start finds them. Each arm has a thread, and with it an environment, of its own.
 */
async function inFolderOfItsOwn<T>(runId: string, work: () => Promise<T>): Promise<T> {
  const machine = thisMachine();
  const run = { runId, owner: ownerOf(process.pid, machine) };
  const before = process.env.TMPDIR;
  const folder = makeOwnedFolder(tmpdir(), run);
  process.env.TMPDIR = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    removeOwnedFolder(folder);
  }
}
