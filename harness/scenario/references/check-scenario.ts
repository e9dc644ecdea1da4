import { formatDuration } from '../../kernel/duration.ts';
import { applyOverrides } from '../apply-overrides.ts';
import type { LoadedFile } from '../load-file.ts';
import type { Finding } from '../problem.ts';
import type { World } from '../world-schema.ts';
import { checkAgent, checkGoal } from './check-actors.ts';
import { checkBenignNamesNoGuardrail } from './check-benign.ts';
import { checkBudget, checkClaims } from './check-harms.ts';
import { checkResource } from './check-resource.ts';
import { checkSteps } from './check-steps.ts';
import { checkVerbPattern } from './check-verb.ts';
import { checkWorld } from './check-world.ts';
import type { References } from './references.ts';
import { createReporter, type Reporter } from './reporter.ts';

/** A scenario against the world it changes and acts in. */
export function checkScenario(
  report: Reporter,
  scenario: LoadedFile<'Scenario'>,
  references: References,
): void {
  const { value } = scenario;
  const overridden = applyOverrides(references.world, value.world, scenario.tree);
  // With broken overrides the default world still tells what else is wrong.
  const world = 'world' in overridden ? overridden.world : references.world.value;
  if ('problems' in overridden) report.add(overridden.problems);
  else if (value.world.length > 0) {
    const inner = createReporter(overridden.tree);
    checkWorld(inner, world, references);
    report.add(inner.problems);
  }
  checkMistake(report, value, world, references);
  checkBenign(report, value, world, references);
  for (const [index, line] of value.forbidden.entries()) {
    checkVerbPattern(report, ['forbidden', index, 'verb'], line.verb, references.verbs);
    checkResource(report, ['forbidden', index, 'resource'], line.resource, world);
  }
  checkBudget(report, ['hypothesis', 'budget'], value.hypothesis.budget, world);
  if (value.record !== undefined) checkClaims(report, ['record', 'claims'], value.record.claims, world);
}

type ScenarioValue = LoadedFile<'Scenario'>['value'];

function checkMistake(report: Reporter, value: ScenarioValue, world: World, references: References): void {
  checkAgent(report, ['agent'], value.agent, world);
  const limit = { beforeMs: world.horizon - world.gate, name: 'the end of the run' };
  checkSteps(report, { steps: value.steps, path: ['steps'], world, limit }, references);
}

function checkBenign(report: Reporter, value: ScenarioValue, world: World, references: References): void {
  const { benign } = value;
  if (benign.agent !== undefined) checkAgent(report, ['benign', 'agent'], benign.agent, world);
  checkGoal(report, ['benign', 'goal'], benign.goal, { world, references });
  if (world.gate + benign.deadline > world.horizon) {
    report.value(['benign', 'deadline'], lateDeadline(benign.deadline, world.horizon - world.gate));
  }
  const limit = { beforeMs: Math.min(benign.deadline, world.horizon - world.gate), name: 'the deadline' };
  checkSteps(report, { steps: benign.steps, path: ['benign', 'steps'], world, limit }, references);
  checkBenignNamesNoGuardrail(report, ['benign'], references.guardrails.keys());
}

function lateDeadline(deadlineMs: number, limitMs: number): Finding {
  return {
    code: 'out-of-range',
    task: 'use the deadline',
    found: formatDuration(deadlineMs),
    expected: `at most ${formatDuration(limitMs)}, which is the horizon less the gate`,
  };
}
