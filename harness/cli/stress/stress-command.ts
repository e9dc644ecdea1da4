import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { adapterGuardrails } from '../../guardrails/adapters/registry.ts';
import {
  alikeFaults,
  FAULT_MEANINGS,
  faultPlace,
  STRESS_FAULTS,
} from '../../guardrails/stress/stress-fault.ts';
import { resolveProfile } from '../../plan/resolve-profile.ts';
import { requireReferences } from '../../scenario/references/check-references.ts';
import { ArmPool } from '../arm-pool.ts';
import type { CommandContext } from '../command.ts';
import { EXIT_CODES, type ExitCodeName } from '../exit-codes.ts';
import { paintFor } from '../print-result.ts';
import { requireAdapters } from '../require-adapters.ts';
import { createRunDirectory, writeRunFile } from '../run-directory.ts';
import { newRunId } from '../wall-clock.ts';
import { type Interruption, watchSignals } from '../watch-signals.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { chosenGuardrails } from './chosen-guardrails.ts';
import { type RanStressArm, runStress, type StressRequest } from './run-stress.ts';
import { STRESS_SCHEMA, type StressCard } from './stress-card.ts';
import { stressExit } from './stress-exit.ts';
import type { StressOptions } from './stress-options.ts';
import { createStressTally, type StressTally } from './stress-tally.ts';
import { renderStress } from './stress-text.ts';

/** `brakecheck stress`: every guardrail of a profile fails in every way, crossed with mistakes. */
export async function stressCommand(
  scenarioIds: readonly string[],
  options: StressOptions,
  context: CommandContext,
): Promise<ExitCodeName> {
  const workspace = await openWorkspace(context.cwd);
  const request = requestOf(scenarioIds, options, workspace);
  await requireAdapters([request.profile], context.cwd);
  const runId = newRunId(options.seed);
  const directory = resolve(context.cwd, options.out ?? join('reports', `stress-${runId}`));
  createRunDirectory(directory);
  const pool = new ArmPool(availableParallelism());
  const interruption = watchSignals(pool);
  const tally = tallyOf(request);
  try {
    context.output.people(announcement(request));
    await runStress(
      request,
      {
        workspace,
        pool,
        moduleFolder: dirname(resolve(context.cwd, request.profile.file)),
        output: context.output,
      },
      ran => {
        const file = journalFile(ran);
        if (tally.add(ran, file)) writeRunFile(directory, file, ran.finished.journal ?? '');
      },
    );
    const card = cardOf({ request, runId, tally, interruption });
    writeRunFile(directory, 'stress.json', `${JSON.stringify(card, null, 2)}\n`);
    print(card, relative(context.cwd, directory) || '.', { options, context });
    return card.exit.name as ExitCodeName;
  } finally {
    interruption.close();
    await pool.close();
  }
}

function journalFile({ scenario, kind }: RanStressArm): string {
  const fault = 'fault' in kind ? `${kind.guardrail}.${kind.fault}` : kind.of;
  return `${scenario}.${fault}${kind.of === 'benign-fault' ? '.benign' : ''}.jsonl`;
}

function requestOf(
  scenarioIds: readonly string[],
  options: StressOptions,
  { catalogue, world, references }: Workspace,
): StressRequest {
  const profile = catalogue.find('Profile', options.profile);
  const scenarios =
    scenarioIds.length === 0
      ? catalogue.all('Scenario')
      : scenarioIds.map(id => catalogue.find('Scenario', id));
  requireReferences([world, profile, ...scenarios], references);
  const adapters = adapterGuardrails();
  const homes = new Map(
    resolveProfile(profile.value).guardrails.map(({ id, use }) => [id, adapters.get(use)?.home ?? null]),
  );
  return {
    profile,
    scenarios,
    faults: STRESS_FAULTS.filter(fault => options.fault?.includes(fault) !== false),
    guardrails: chosenGuardrails(profile, options.guardrail),
    seed: options.seed,
    placeOf: (guardrail, fault) => faultPlace(fault, homes.get(guardrail) ?? null),
  };
}

function tallyOf(request: StressRequest): StressTally {
  const entries = resolveProfile(request.profile.value).guardrails.filter(({ id }) =>
    request.guardrails.includes(id),
  );
  return createStressTally(request, entries);
}

function announcement({ profile, scenarios, guardrails, faults, seed, placeOf }: StressRequest): string {
  const failing = guardrails.map(
    id => 1 + faults.length + alikeFaults(faults, fault => placeOf(id, fault)).length,
  );
  const arms = failing.reduce((total, own) => total + own, 4);
  return `seed=${seed} profile=${profile.value.metadata.id} stack=sim, failing one at a time: ${guardrails.join(', ') || 'none'}; up to ${arms} arms for each of ${scenarios.length} mistakes\n`;
}

interface Ended {
  readonly request: StressRequest;
  readonly runId: string;
  readonly tally: StressTally;
  readonly interruption: Interruption;
}

function cardOf({ request, runId, tally, interruption }: Ended): StressCard {
  const found = { guardrails: tally.guardrails(), scenarios: tally.scenarios() };
  const { name, reason } =
    interruption.exitName === null
      ? stressExit(found)
      : { name: interruption.exitName, reason: 'it was stopped before every arm had ended' };
  return {
    schema: STRESS_SCHEMA,
    runId,
    profile: request.profile.value.metadata.id,
    stack: 'sim',
    seed: request.seed,
    isWhole: interruption.exitName === null,
    faults: request.faults.map(fault => ({ fault, means: FAULT_MEANINGS[fault] })),
    ...found,
    exit: { code: EXIT_CODES.find(known => known.name === name)?.code ?? 4, name, reason },
    note: 'One guardrail fails at a time, throughout the arm, in the embedded simulation. This concerns the mock company and these mistakes. It certifies no production.',
  };
}

function print(
  card: StressCard,
  path: string,
  { options, context }: { readonly options: StressOptions; readonly context: CommandContext },
): void {
  const isJson = options.json === true;
  const text = renderStress(card, paintFor(context.output, isJson), join(path, 'stress.json'));
  if (isJson) {
    context.output.people(text);
    context.output.machine(`${JSON.stringify(card, null, 2)}\n`);
  } else context.output.machine(text);
}
