import { resolve } from 'node:path';
import { ADVICE_SCHEMA, type AdviceDocument, type AdvisedScenario } from '../advice/advice-document.ts';
import { describeAdvice } from '../advice/describe-advice.ts';
import { builtInGuardrails } from '../guardrails/registry.ts';
import { HarnessError } from '../kernel/errors.ts';
import { createAdviceFiles } from './advise-files.ts';
import { type AdviseRun, openAdviseRun } from './advise-run.ts';
import { adviseScenario, type ScenarioAdvice } from './advise-scenario.ts';
import { adviseTogether } from './advise-together.ts';
import { ArmPool } from './arm-pool.ts';
import type { CommandContext } from './command.ts';
import { type ExitCodeName, worstOf } from './exit-codes.ts';
import { writeRunFile } from './run-directory.ts';
import { armsAtOnce } from './stage-factories.ts';
import { type Interruption, watchSignals } from './watch-signals.ts';
import { openWorkspace } from './workspace.ts';

/** Options of `brakecheck advise`, as commander hands them over. */
export interface AdviseOptions {
  readonly json?: boolean;
  /** Most sets of changes that are tried for a scenario. */
  readonly most: number;
  readonly scenario?: string;
}

/** `brakecheck advise`: looks by re-run for the smallest changes that flip what escaped, and keeps them beside the scorecard. */
export async function adviseCommand(
  directory: string,
  options: AdviseOptions,
  context: CommandContext,
): Promise<ExitCodeName> {
  const run = openAdviseRun(resolve(context.cwd, directory), context.cwd);
  const scores = chosen(run, options.scenario);
  const workspace = await openWorkspace(context.cwd);
  const pool = new ArmPool(await armsAtOnce('sim'));
  const interruption = watchSignals(pool);
  try {
    const search = {
      run,
      most: options.most,
      definitions: builtInGuardrails(),
      files: createAdviceFiles(run, context.cwd, workspace),
      reruns: { pool, workspace, moduleFolder: run.manifest.moduleFolder },
      output: context.output,
    };
    const done: ScenarioAdvice[] = [];
    const save = (changes: Partial<AdviceDocument>) => {
      const document = { ...startDocument(run, options.most), ...changes };
      writeRunFile(run.path, 'advice.json', `${JSON.stringify(document, null, 2)}\n`);
      return document;
    };
    for (const score of scores) {
      const known = done.map(({ advised }) => advised);
      done.push(await adviseScenario(score, search, advised => save({ scenarios: [...known, advised] })));
    }
    const together = await adviseTogether(done, search);
    const document = save({
      scenarios: done.map(({ advised }) => advised),
      together,
      isWhole: interruption.exitName === null && done.every(({ advised }) => advised.isWhole),
    });
    context.output.machine(
      options.json === true ? `${JSON.stringify(document, null, 2)}\n` : describeAdvice(document),
    );
    return endOf(document.scenarios, interruption);
  } finally {
    interruption.close();
    await pool.close();
  }
}

function startDocument(run: AdviseRun, most: number): AdviceDocument {
  const { runId, profile } = run.manifest;
  return {
    ...{ schema: ADVICE_SCHEMA, runId, profile, stack: 'sim', most },
    ...{ isWhole: false, scenarios: [], together: null },
  };
}

/** Full success: every escape has a change that flips it and lets harmless work through. */
function endOf(scenarios: readonly AdvisedScenario[], interruption: Interruption): ExitCodeName {
  if (interruption.exitName !== null) return interruption.exitName;
  const ends = scenarios.map(({ verdict, changes, tried }): ExitCodeName => {
    if (verdict === 'contained') return 'held';
    if (verdict === 'inconclusive' || (tried === 0 && changes.length === 0)) return 'inconclusive';
    return changes.some(set => set.verdict === 'contained' && !set.overBlocks) ? 'held' : 'weakness';
  });
  return ends.length === 0 ? 'inconclusive' : (worstOf(ends).name as ExitCodeName);
}

function chosen({ card }: AdviseRun, id: string | undefined): AdviseRun['card']['scenarios'] {
  if (id === undefined) return card.scenarios;
  const found = card.scenarios.filter(scenario => scenario.id === id);
  if (found.length > 0) return found;
  throw new HarnessError('usage', {
    message: `could not find the scenario ${id} in that run`,
    hint: `It has: ${card.scenarios.map(scenario => scenario.id).join(', ') || 'none'}.`,
  });
}
