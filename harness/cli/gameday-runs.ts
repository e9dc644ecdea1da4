import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScoredRun } from '../gameday/build-scoreboard.ts';
import { keyOf, type NotedArm } from '../gameday/resume.ts';
import type { Rerun } from '../score/attribution.ts';
import type { Scorecard } from '../score/scorecard.ts';
import type { ScorecardTally } from '../score/scorecard-tally.ts';
import { rerunForAttribution } from './attribution-reruns.ts';
import type { SubRun } from './gameday-plan.ts';
import { writeHtml } from './html-file.ts';
import { createRunDirectory, type Manifest } from './run-directory.ts';
import type { SuiteDeps } from './run-suite.ts';
import { scoreDirectory, writeManifest, writeReports } from './suite-files.ts';
import { TOOL } from './tool.ts';
import { nowText } from './wall-clock.ts';
import type { Interruption } from './watch-signals.ts';

/** Makes the folder of a profile's run with its manifest, unless an earlier sitting did. */
export function prepareRun(run: SubRun, directory: string, runId: string): void {
  const path = join(directory, run.run);
  if (!existsSync(path)) createRunDirectory(path);
  if (!existsSync(join(path, 'manifest.json'))) writeManifest(path, firstManifest(run, runId));
}

function firstManifest({ run, profile, arms, moduleFolder }: SubRun, runId: string): Manifest {
  return {
    runId: `${runId}/${run}`,
    tool: TOOL,
    startedAt: nowText(),
    finishedAt: null,
    command: process.argv.slice(2),
    profile: profile.value.metadata.id,
    planned: [...new Set(arms.flatMap(({ scenario }) => scenario ?? []))],
    journals: arms.map(({ file }) => ({ file, digest: '', leftBehind: 0 })),
    reruns: [],
    failUnder: null,
    moduleFolder,
    host: { node: process.versions.node, platform: process.platform },
  };
}

export interface FinishDeps extends Omit<SuiteDeps, 'moduleFolder'> {
  readonly directory: string;
  /** Every arm that counts. */
  readonly noted: ReadonlyMap<string, NotedArm>;
  /** Of an earlier sitting; null when they are still to be made, or not wanted. */
  readonly reruns: readonly Rerun[] | null;
  readonly attribution: boolean;
  readonly isHalted: boolean;
  readonly interruption: Interruption['exitName'];
  readonly onReruns: (reruns: readonly Rerun[]) => void;
}

/** Scores a profile's run, with re-runs where they are wanted, and writes what an ordinary run writes. */
export async function finishRun(run: SubRun, tally: ScorecardTally, deps: FinishDeps): Promise<ScoredRun> {
  const path = join(deps.directory, run.run);
  let manifest: Manifest = {
    ...(JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')) as Manifest),
    journals: run.arms.map(({ file }) => {
      const note = deps.noted.get(keyOf({ run: run.run, file }));
      return { file, digest: note?.digest ?? '', leftBehind: note?.leftBehind ?? 0 };
    }),
    reruns: deps.reruns ?? [],
  };
  writeManifest(path, manifest);
  const score = (): Scorecard => scoreDirectory(path, manifest, { interruption: deps.interruption }, tally);
  if (deps.attribution && deps.reruns === null && !deps.isHalted) {
    const reruns = await rerunForAttribution(score(), run.arms, path, {
      ...deps,
      moduleFolder: run.moduleFolder,
    });
    // A re-run that was stopped half-way has no verdict that could be attributed to anybody.
    if (!deps.pool.isStopRequested) {
      deps.onReruns(reruns);
      manifest = { ...manifest, reruns };
    }
  }
  const isWhole = manifest.journals.every(({ digest }) => digest !== '');
  manifest = { ...manifest, finishedAt: isWhole ? (manifest.finishedAt ?? nowText()) : null };
  writeManifest(path, manifest);
  const card = score();
  writeReports(path, card);
  await writeHtml(path, card, deps.output);
  const { use, baseline, profileDigest, questions } = run;
  return {
    ...{ run: run.run, use, baseline, profileDigest, questions, card },
    isClean: manifest.journals.every(({ leftBehind }) => leftBehind === 0),
  };
}
