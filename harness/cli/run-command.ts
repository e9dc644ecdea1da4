import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { HarnessError } from '../kernel/errors.ts';
import { describePlan } from '../plan/describe-plan.ts';
import type { LoadedFile } from '../scenario/load-file.ts';
import { requireReferences } from '../scenario/references/check-references.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { type PlannedArm, planSuite } from './arm-plans.ts';
import { ArmPool } from './arm-pool.ts';
import { rerunForAttribution } from './attribution-reruns.ts';
import type { CommandContext } from './command.ts';
import { compareProfiles } from './compare-profiles.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { worstOf } from './exit-codes.ts';
import { printJson, printResult } from './print-result.ts';
import { createRunDirectory, type Manifest } from './run-directory.ts';
import type { RunOptions } from './run-options.ts';
import { runArms, type SuiteDeps } from './run-suite.ts';
import { scoreDirectory, writeManifest, writeReports } from './suite-files.ts';
import { TOOL } from './tool.ts';
import { newRunId, nowText } from './wall-clock.ts';
import { type Interruption, watchSignals } from './watch-signals.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** `brakecheck run`: plans, runs, scores, reports; with `--against`, for two profiles. */
export async function runCommand(
  ids: readonly string[],
  options: RunOptions,
  context: CommandContext,
): Promise<ExitCodeName> {
  if (options.stack !== 'sim') {
    throw new HarnessError('usage', {
      message: `could not use the stack "${options.stack}": this version has sim, the embedded simulation`,
      hint: 'Leave --stack out, or say --stack sim.',
    });
  }
  const workspace = await openWorkspace(context.cwd);
  const profiles = [options.profile, ...(options.against === undefined ? [] : [options.against])].map(id =>
    workspace.catalogue.find('Profile', id),
  );
  const scenarios = ids.map(id => workspace.catalogue.find('Scenario', id));
  requireReferences(
    [workspace.world, ...profiles, ...scenarios, ...workspace.catalogue.all('OrdinaryChange')],
    workspace.references,
  );
  const suites = profiles.map(profile => ({
    profile,
    arms: planFor(profile, { scenarios, options, workspace }),
  }));
  if (options.dryRun === true) {
    const plans = suites.flatMap(({ arms }) => arms.map(({ plan }) => plan)).filter(isOfProfile);
    context.output.machine(
      options.json === true
        ? `${JSON.stringify(plans, null, 2)}\n`
        : plans.map(plan => `${describePlan(plan)}\n`).join(''),
    );
    return 'held';
  }
  return runSuites(suites, { workspace, options, context });
}

/** Runs one suite after the other, prints what came of each, and compares them. */
async function runSuites(
  suites: readonly Suite[],
  given: Pick<SuiteContext, 'workspace' | 'options' | 'context'>,
): Promise<ExitCodeName> {
  const { options, context } = given;
  const pool = new ArmPool(availableParallelism());
  const interruption = watchSignals(pool);
  try {
    const cards: Scorecard[] = [];
    const runId = newRunId(options.seed);
    const base = resolve(context.cwd, options.out ?? join('reports', runId));
    for (const [index, suite] of suites.entries()) {
      if (interruption.exitName !== null) break;
      const directory = index === 0 ? base : join(base, 'against');
      const card = await runSuite(suite, directory, { ...given, pool, interruption, runId });
      cards.push(card);
      printResult(card, relative(context.cwd, directory) || '.', options.json === true, context.output);
    }
    if (options.json === true) printJson(cards, context.output);
    compareProfiles(cards, context.output);
    return interruption.exitName ?? worstOf(cards.map(card => card.exit.name as ExitCodeName)).name;
  } finally {
    interruption.close();
    await pool.close();
  }
}

interface Suite {
  readonly profile: LoadedFile<'Profile'>;
  readonly arms: readonly PlannedArm[];
}

interface SuiteContext {
  readonly pool: ArmPool;
  readonly workspace: Workspace;
  readonly options: RunOptions;
  readonly interruption: Interruption;
  readonly context: CommandContext;
  readonly runId: string;
}

/** Of the arms, those that a profile takes part in and that somebody acts in. */
function isOfProfile({ arm }: PlannedArm['plan']): boolean {
  return arm === 'guarded' || arm === 'benign';
}

async function runSuite({ profile, arms }: Suite, directory: string, run: SuiteContext): Promise<Scorecard> {
  const { options, interruption, context } = run;
  createRunDirectory(directory);
  context.output.people(
    `seed=${options.seed} profile=${profile.value.metadata.id} stack=sim, ${arms.length} arms\n`,
  );
  const deps: SuiteDeps = {
    pool: run.pool,
    workspace: run.workspace,
    moduleFolder: dirname(resolve(context.cwd, profile.file)),
    output: context.output,
  };
  let manifest = startManifest(profile, arms, {
    runId: run.runId,
    moduleFolder: deps.moduleFolder,
    failUnder: options.failUnder ?? null,
  });
  const save = (changes: Partial<Manifest>) => {
    manifest = { ...manifest, ...changes };
    writeManifest(directory, manifest);
  };
  save({});
  try {
    const ran = await runArms(arms, directory, deps);
    save({ journals: ran });
    if (options.attribution && interruption.exitName === null) {
      const first = scoreDirectory(directory, manifest, { interruption: null });
      save({ reruns: await rerunForAttribution(first, arms, directory, deps) });
    }
    save({ finishedAt: nowText() });
  } catch (error) {
    noteEnd(() => save({ finishedAt: nowText() }));
    throw error;
  }
  const card = scoreDirectory(directory, manifest, {
    interruption: interruption.exitName,
  });
  writeReports(directory, card);
  return card;
}

/** What ended the run counts, not that its end could not be noted: on a full disk both fail. */
function noteEnd(save: () => void): void {
  try {
    save();
  } catch {
    // the manifest stays as it was
  }
}

function planFor(
  profile: LoadedFile<'Profile'>,
  request: { scenarios: readonly LoadedFile<'Scenario'>[]; options: RunOptions; workspace: Workspace },
): readonly PlannedArm[] {
  const { scenarios, options, workspace } = request;
  return planSuite(
    { scenarios, profile, seeds: seedsOf(options), ordinary: options.friction === true },
    workspace,
  );
}

/** The seeds to run: the first one, and as many after it as were asked for. */
function seedsOf({ seed, seeds = 1 }: RunOptions): string[] {
  const first = /^\d{1,15}$/.test(seed) ? Number(seed) : null;
  return Array.from({ length: seeds }, (_, index) =>
    index === 0 ? seed : first === null ? `${seed}-${index}` : String(first + index),
  );
}

function startManifest(
  profile: LoadedFile<'Profile'>,
  arms: readonly PlannedArm[],
  own: Pick<Manifest, 'runId' | 'moduleFolder' | 'failUnder'>,
): Manifest {
  return {
    ...own,
    tool: TOOL,
    startedAt: nowText(),
    finishedAt: null,
    command: process.argv.slice(2),
    profile: profile.value.metadata.id,
    planned: [...new Set(arms.flatMap(({ plan }) => plan.scenario?.metadata.id ?? []))],
    journals: arms.map(({ file }) => ({ file, digest: '', leftBehind: 0 })),
    reruns: [],
    host: { node: process.versions.node, platform: process.platform },
  };
}
