import { dirname, resolve } from 'node:path';
import type { LoadedFile } from '../scenario/load-file.ts';
import type { Scorecard } from '../score/scorecard.ts';
import type { ScorecardTally } from '../score/scorecard-tally.ts';
import type { OutlinedArm } from './arm-plans.ts';
import type { ArmPool } from './arm-pool.ts';
import { rerunForAttribution } from './attribution-reruns.ts';
import type { BrowserUse } from './browser-use.ts';
import type { CommandContext } from './command.ts';
import { writeHtml } from './html-file.ts';
import { createRunDirectory, type Manifest } from './run-directory.ts';
import { runArms, type SuiteDeps } from './run-suite.ts';
import { scoreAsTheyEnd } from './score-as-they-end.ts';
import { armsAtOnce } from './stage-factories.ts';
import { scoreDirectory, writeManifest, writeReports } from './suite-files.ts';
import { TOOL } from './tool.ts';
import { nowText } from './wall-clock.ts';
import type { Interruption } from './watch-signals.ts';
import type { Workspace } from './workspace.ts';

/** All arms that are judged together, under one profile. */
export interface Suite {
  readonly profile: LoadedFile<'Profile'>;
  readonly arms: readonly OutlinedArm[];
}

export interface SuiteSettings {
  /** Said at the start; the arms carry their own. */
  readonly seed: string;
  readonly stack: Scorecard['stack'];
  /** Least real time of one sample of a live stack, ms. */
  readonly sampleMs: number;
  /** On live stacks; null or left out: nobody comes with a browser. */
  readonly browser?: BrowserUse | null;
  readonly failUnder: number | null;
  readonly attribution: boolean;
}

export interface SuiteContext {
  readonly pool: ArmPool;
  readonly workspace: Workspace;
  readonly settings: SuiteSettings;
  readonly interruption: Interruption;
  readonly context: CommandContext;
  readonly runId: string;
}

/** Runs a suite into a folder of its own: journals, manifest, scorecard and reports. */
export async function runSuite(
  { profile, arms }: Suite,
  directory: string,
  run: SuiteContext,
): Promise<Scorecard> {
  const { settings, interruption, context } = run;
  createRunDirectory(directory);
  context.output.people(
    `seed=${settings.seed} profile=${profile.value.metadata.id} stack=${settings.stack}, ${arms.length} arms\n`,
  );
  const deps: SuiteDeps = {
    pool: run.pool,
    workspace: run.workspace,
    moduleFolder: dirname(resolve(context.cwd, profile.file)),
    output: context.output,
    sampleMs: settings.sampleMs,
    browser: settings.browser ?? null,
  };
  let manifest = startManifest(profile, arms, {
    runId: run.runId,
    moduleFolder: deps.moduleFolder,
    failUnder: settings.failUnder,
    ...(settings.stack === 'sim' ? {} : { sampleMs: settings.sampleMs }),
  });
  const save = (changes: Partial<Manifest>) => {
    manifest = { ...manifest, ...changes };
    writeManifest(directory, manifest);
  };
  save({});
  let tally: ScorecardTally | undefined;
  try {
    const scoring = scoreAsTheyEnd(manifest.profile, directory, arms);
    const ran = await runArms(arms, directory, deps, scoring.ended);
    tally = scoring.finish();
    save({ journals: ran });
    if (settings.attribution && interruption.exitName === null) {
      const first = scoreDirectory(directory, manifest, { interruption: null }, tally);
      const rerun = () => rerunForAttribution(first, arms, directory, deps);
      save({ reruns: await simulated(deps.pool, rerun) });
    }
    save({ finishedAt: nowText() });
  } catch (error) {
    noteEnd(() => save({ finishedAt: nowText() }));
    throw error;
  }
  const card = scoreDirectory(directory, manifest, { interruption: interruption.exitName }, tally);
  writeReports(directory, card);
  await writeHtml(directory, card, context.output);
  return card;
}

/** Re-runs are simulated, whatever the arms ran on, so as many go on at once as simulations do. */
async function simulated<T>(pool: ArmPool, work: () => Promise<T>): Promise<T> {
  return pool.sized(await armsAtOnce('sim'), work);
}

/** What ended the run counts, not that its end could not be noted: on a full disk both fail. */
function noteEnd(save: () => void): void {
  try {
    save();
  } catch {
    // the manifest stays as it was
  }
}

function startManifest(
  profile: LoadedFile<'Profile'>,
  arms: readonly OutlinedArm[],
  own: Pick<Manifest, 'runId' | 'moduleFolder' | 'failUnder' | 'sampleMs'>,
): Manifest {
  return {
    ...own,
    tool: TOOL,
    startedAt: nowText(),
    finishedAt: null,
    command: process.argv.slice(2),
    profile: profile.value.metadata.id,
    planned: [...new Set(arms.flatMap(({ scenario }) => scenario ?? []))],
    journals: arms.map(({ file }) => ({ file, digest: '', leftBehind: 0 })),
    reruns: [],
    host: { node: process.versions.node, platform: process.platform },
  };
}
