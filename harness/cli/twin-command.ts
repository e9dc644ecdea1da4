import { join, relative, resolve } from 'node:path';
import { HarnessError } from '../kernel/errors.ts';
import { renderTwins } from '../report/twins.ts';
import { requireReferences } from '../scenario/references/check-references.ts';
import { compareTwins, type TwinComparison } from '../score/compare-twins.ts';
import type { Scorecard } from '../score/scorecard.ts';
import { DEFAULT_SAMPLE_MS } from './arm-job.ts';
import { outlineSuite } from './arm-plans.ts';
import { ArmPool } from './arm-pool.ts';
import { type BrowserMode, type BrowserUse, chooseBrowser } from './browser-use.ts';
import type { CommandContext } from './command.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { runSuite } from './one-suite.ts';
import { requireAdapters } from './require-adapters.ts';
import { armsAtOnce, type StackKind, stackKindOf } from './stage-factories.ts';
import { newRunId } from './wall-clock.ts';
import { type Interruption, watchSignals } from './watch-signals.ts';
import { openWorkspace } from './workspace.ts';

/** Options of `brakecheck twin`, as commander hands them over. */
export interface TwinOptions {
  readonly stacks: string;
  readonly profile: string;
  readonly seed: string;
  /** Ms. */
  readonly sample?: number;
  readonly browser: BrowserMode;
  readonly out?: string;
  readonly json?: boolean;
}

/** `brakecheck twin`: the same scenarios, profile and seed on each stack, and every stack compared with the first one. */
export async function twinCommand(
  ids: readonly string[],
  options: TwinOptions,
  context: CommandContext,
): Promise<ExitCodeName> {
  const stacks = stacksOf(options.stacks);
  const browser = await browserFor(stacks, options.browser);
  const pool = new ArmPool(1);
  const interruption = watchSignals(pool);
  try {
    const cards = await runStacks(stacks, ids, { options, context, pool, interruption, browser });
    if (interruption.exitName !== null) return interruption.exitName;
    const [first, ...others] = cards;
    const comparisons = first === undefined ? [] : others.map(card => compareTwins(first, card));
    print(comparisons, options.json === true, context);
    return endOf(cards, comparisons);
  } finally {
    interruption.close();
    await pool.close();
  }
}

interface TwinRun {
  readonly options: TwinOptions;
  readonly context: CommandContext;
  readonly pool: ArmPool;
  readonly interruption: Interruption;
  /** For the live stacks. */
  readonly browser: BrowserUse | null;
}

/** One after the other, since they would slow one another down. */
async function runStacks(
  stacks: readonly StackKind[],
  ids: readonly string[],
  { options, context, pool, interruption, browser }: TwinRun,
): Promise<Scorecard[]> {
  const workspace = await openWorkspace(context.cwd);
  const profile = workspace.catalogue.find('Profile', options.profile);
  const scenarios = ids.map(id => workspace.catalogue.find('Scenario', id));
  requireReferences([workspace.world, profile, ...scenarios], workspace.references);
  await requireAdapters([profile], context.cwd);
  const runId = newRunId(options.seed);
  const base = resolve(context.cwd, options.out ?? join('reports', runId));
  const cards: Scorecard[] = [];
  for (const stack of stacks) {
    if (interruption.exitName !== null) break;
    const arms = outlineSuite(
      { scenarios, profile, seeds: [options.seed], ordinary: false, stack },
      workspace,
    );
    const sampleMs = options.sample ?? DEFAULT_SAMPLE_MS;
    const settings = {
      ...{ seed: options.seed, stack, sampleMs, failUnder: null, attribution: false },
      browser: stack === 'sim' ? null : browser,
    };
    const directory = join(base, stack);
    const run = () =>
      runSuite({ profile, arms }, directory, {
        ...{ pool, workspace, settings, interruption, context, runId },
      });
    cards.push(await pool.sized(await armsAtOnce(stack), run));
    context.output.people(`${stack}: ${relative(context.cwd, directory) || '.'}\n`);
  }
  return cards;
}

/** Null when no stack is a live one, unless a browser is required. */
function browserFor(stacks: readonly StackKind[], mode: BrowserMode): Promise<BrowserUse | null> {
  return chooseBrowser(mode, stacks.find(stack => stack !== 'sim') ?? 'sim');
}

function stacksOf(text: string): StackKind[] {
  const stacks = [...new Set(text.split(',').map(kind => stackKindOf(kind.trim())))];
  if (stacks.length > 1) return stacks;
  throw new HarnessError('usage', {
    message: `could not compare "${text}": two stacks are needed at least`,
    hint: 'Say for instance: --stacks sim,local',
  });
}

function print(comparisons: readonly TwinComparison[], json: boolean, { output }: CommandContext): void {
  const text = comparisons.map(renderTwins).join('\n');
  if (json) {
    output.people(text);
    output.machine(`${JSON.stringify(comparisons, null, 2)}\n`);
  } else output.machine(text);
}

/** What was not measured agrees with nothing: an inconclusive scenario is no agreement. */
function endOf(cards: readonly Scorecard[], comparisons: readonly TwinComparison[]): ExitCodeName {
  if (cards.some(({ exit }) => exit.name === 'unclean')) return 'unclean';
  if (comparisons.some(({ agree }) => !agree)) return 'weakness';
  const isProven = cards.every(({ scenarios }) =>
    scenarios.every(({ verdict }) => verdict !== 'inconclusive'),
  );
  return isProven && comparisons.length > 0 ? 'held' : 'inconclusive';
}
