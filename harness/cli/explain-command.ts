import { dirname, resolve } from 'node:path';
import { HarnessError } from '../kernel/errors.ts';
import { invariant } from '../kernel/invariant.ts';
import { requireReferences } from '../scenario/references/check-references.ts';
import { planSuite } from './arm-plans.ts';
import { ArmPool } from './arm-pool.ts';
import type { CommandContext } from './command.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { type Explanation, explainText } from './explain-text.ts';
import { requireAdapters } from './require-adapters.ts';
import { openWorkspace } from './workspace.ts';

export interface ExplainOptions {
  readonly profile: string;
  readonly arm: 'guarded' | 'benign';
  readonly guardrail?: string;
  readonly seed: string;
  readonly json?: boolean;
}

/** `brakecheck explain`: runs one arm in the embedded simulation and shows what passed between us and each guardrail. */
export async function explainCommand(
  scenarioId: string,
  options: ExplainOptions,
  context: CommandContext,
): Promise<ExitCodeName> {
  const workspace = await openWorkspace(context.cwd);
  const profile = workspace.catalogue.find('Profile', options.profile);
  const scenario = workspace.catalogue.find('Scenario', scenarioId);
  requireReferences([workspace.world, profile, scenario], workspace.references);
  const arms = planSuite(
    { scenarios: [scenario], profile, seeds: [options.seed], ordinary: false },
    workspace,
  );
  const planned = arms.find(({ plan }) => plan.arm === options.arm);
  invariant(planned !== undefined, 'a suite has the arm');
  assertGuardrail(
    options.guardrail,
    planned.plan.profile.guardrails.map(({ id }) => id),
  );
  await requireAdapters([profile], context.cwd);
  const pool = new ArmPool(1);
  try {
    const { exchanges } = await pool.run({
      plan: planned.plan,
      buildFolders: workspace.buildFolders,
      moduleFolder: dirname(resolve(context.cwd, profile.file)),
      journalPath: null,
      untilHarmless: false,
      keepExchanges: true,
    });
    const explanation: Explanation = {
      schema: 'brakecheck/explanation/v1',
      scenario: scenario.value.metadata.id,
      profile: profile.value.metadata.id,
      arm: options.arm,
      seed: options.seed,
      exchanges: exchanges.filter(
        ({ guardrail }) => options.guardrail === undefined || guardrail === options.guardrail,
      ),
    };
    const text =
      options.json === true ? `${JSON.stringify(explanation, null, 2)}\n` : explainText(explanation);
    context.output.machine(text);
    return explanation.exchanges.length === 0 ? 'inconclusive' : 'held';
  } finally {
    await pool.close();
  }
}

function assertGuardrail(wanted: string | undefined, known: readonly string[]): void {
  if (wanted === undefined || known.includes(wanted)) return;
  throw new HarnessError('usage', {
    message: `could not explain the guardrail "${wanted}": the profile has ${known.join(', ') || 'none'}`,
    hint: 'Leave --guardrail out to see all of them.',
  });
}
