import { join, relative, resolve } from 'node:path';
import { describePlan } from '../plan/describe-plan.ts';
import { renderMarkdown } from '../report/markdown.ts';
import type { LoadedFile } from '../scenario/load-file.ts';
import { requireReferences } from '../scenario/references/check-references.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { appendSummary } from './append-summary.ts';
import { DEFAULT_SAMPLE_MS } from './arm-job.ts';
import { type OutlinedArm, outlineSuite } from './arm-plans.ts';
import { ArmPool } from './arm-pool.ts';
import { chooseBrowser } from './browser-use.ts';
import type { CommandContext } from './command.ts';
import { compareProfiles } from './compare-profiles.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { worstOf } from './exit-codes.ts';
import { writeHtml } from './html-file.ts';
import { type LiveView, openLiveView } from './live-view.ts';
import { runSuite, type Suite, type SuiteContext, type SuiteSettings } from './one-suite.ts';
import { printJson, printResult } from './print-result.ts';
import { requireAdapters } from './require-adapters.ts';
import type { RunOptions } from './run-options.ts';
import { writeSarif } from './sarif-file.ts';
import { armsAtOnce, type StackKind, stackKindOf } from './stage-factories.ts';
import { newRunId } from './wall-clock.ts';
import { watchSignals } from './watch-signals.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** `brakecheck run`: plans, runs, scores, reports; with `--against`, for two profiles. */
export async function runCommand(
  ids: readonly string[],
  options: RunOptions,
  context: CommandContext,
): Promise<ExitCodeName> {
  const stack = stackKindOf(options.stack);
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
    arms: planFor(profile, { scenarios, options, workspace, stack }),
  }));
  if (options.dryRun === true) {
    const plans = suites.flatMap(({ arms }) => arms.filter(isOfProfile).map(({ plan }) => plan()));
    context.output.machine(
      options.json === true
        ? `${JSON.stringify(plans, null, 2)}\n`
        : plans.map(plan => `${describePlan(plan)}\n`).join(''),
    );
    return 'held';
  }
  await requireAdapters(profiles, context.cwd);
  const live = await openLiveView(options, context);
  try {
    const end = await runSuites(suites, live, {
      workspace,
      options,
      context: { ...context, output: live.output },
    });
    await live.ended();
    return end;
  } finally {
    await live.close();
  }
}

/** Runs one suite after the other, prints what came of each, and compares them. */
async function runSuites(
  suites: readonly Suite[],
  live: LiveView,
  given: Pick<SuiteContext, 'workspace' | 'context'> & { readonly options: RunOptions },
): Promise<ExitCodeName> {
  const { options, context } = given;
  const stack = stackKindOf(options.stack);
  const browser = await chooseBrowser(options.browser, stack);
  const pool = new ArmPool(await armsAtOnce(stack));
  const interruption = watchSignals(pool);
  try {
    const cards: Scorecard[] = [];
    const runId = newRunId(options.seed);
    const settings = { ...settingsOf(options, stack), browser };
    const base = resolve(context.cwd, options.out ?? join('reports', runId));
    for (const [index, suite] of suites.entries()) {
      if (interruption.exitName !== null) break;
      const directory = index === 0 ? base : join(base, 'against');
      live.follow(directory);
      const card = await runSuite(suite, directory, { ...given, pool, interruption, runId, settings });
      cards.push(card);
      if (options.sarif === true)
        writeSarif(card, { directory, command: process.argv.slice(2), cwd: context.cwd });
      printResult(card, relative(context.cwd, directory) || '.', options.json === true, context.output);
    }
    // Only now is there another profile to hold the first one against.
    const [first, second] = cards;
    if (first !== undefined && second !== undefined) await writeHtml(base, first, context.output);
    if (options.json === true) printJson(cards, context.output);
    compareProfiles(cards, context.output);
    if (options.summary !== undefined)
      appendSummary(options.summary, cards.map(renderMarkdown).join('\n'), context);
    return interruption.exitName ?? worstOf(cards.map(card => card.exit.name as ExitCodeName)).name;
  } finally {
    interruption.close();
    await pool.close();
  }
}

/** Of the arms, those that a profile takes part in and that somebody acts in. */
function isOfProfile({ arm }: OutlinedArm): boolean {
  return arm === 'guarded' || arm === 'benign';
}

function planFor(
  profile: LoadedFile<'Profile'>,
  request: {
    scenarios: readonly LoadedFile<'Scenario'>[];
    options: RunOptions;
    workspace: Workspace;
    stack: StackKind;
  },
): readonly OutlinedArm[] {
  const { scenarios, options, workspace, stack } = request;
  return outlineSuite(
    { scenarios, profile, seeds: seedsOf(options), ordinary: options.friction === true, stack },
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

function settingsOf({ seed, sample, failUnder, attribution }: RunOptions, stack: StackKind): SuiteSettings {
  return { seed, stack, sampleMs: sample ?? DEFAULT_SAMPLE_MS, failUnder: failUnder ?? null, attribution };
}
