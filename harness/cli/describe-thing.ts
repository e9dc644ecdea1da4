import { stringify } from 'yaml';
import { z } from 'zod';
import { HarnessError } from '../kernel/errors.ts';
import { nearestWord } from '../kernel/nearest.ts';
import { describePlan } from '../plan/describe-plan.ts';
import { planSuite } from './arm-plans.ts';
import { knownGuardrails, type NamedGuardrail } from './known-guardrails.ts';
import type { Workspace } from './workspace.ts';

/** What an id stands for, in words: a scenario as its plan, a verb with its doors, a guardrail with its options, another file as it is. */
export function describeThing(id: string, workspace: Workspace): string {
  const verb = workspace.references.verbs.get(id);
  if (verb !== undefined) {
    return `verb ${verb.name}: ${verb.summary}\n  doors: ${verb.doors.join(', ')}\n  reaches: ${verb.reaches.join(', ') || 'nothing that can harm'}\n`;
  }
  const guardrail = knownGuardrails().get(id);
  if (guardrail !== undefined) return describeGuardrail(guardrail);
  const entry = workspace.catalogue.list().find(candidate => candidate.id === id);
  if (entry === undefined) throw unknownId(id, workspace);
  const heading = `${entry.kind} ${entry.id}: ${entry.title}\n  file: ${entry.file}\n  tags: ${entry.tags.join(', ') || 'none'}\n\n`;
  return (
    heading +
    (entry.kind === 'Scenario'
      ? describeScenario(id, workspace)
      : stringify(workspace.catalogue.find(entry.kind, id).value))
  );
}

function describeGuardrail({ name, summary, options, kind }: NamedGuardrail): string {
  const { properties = {} } = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' });
  const lines = Object.entries(properties).map(([option, schema]) => {
    const { description = '', default: given } = schema as { description?: string; default?: unknown };
    return `    ${option}: ${description}${given === undefined ? '' : ` Default: ${JSON.stringify(given)}.`}`;
  });
  return [
    `${kind === 'adapter' ? 'adapter' : 'guardrail'} ${name}: ${summary}`,
    '  options:',
    ...(lines.length > 0 ? lines : ['    none']),
    '',
  ].join('\n');
}

function describeScenario(id: string, workspace: Workspace): string {
  const scenario = workspace.catalogue.find('Scenario', id);
  const profile = workspace.catalogue.find('Profile', 'none');
  const arms = planSuite({ scenarios: [scenario], profile, seeds: ['1'], ordinary: false }, workspace);
  const record = scenario.value.record;
  const about = record === undefined ? '' : `${stringify({ record })}\n`;
  return (
    about +
    arms
      .filter(({ plan }) => plan.arm === 'unguarded' || plan.arm === 'benign')
      .map(({ plan }) => describePlan(plan))
      .join('\n')
  );
}

function unknownId(id: string, workspace: Workspace): HarnessError {
  const known = [
    ...workspace.catalogue.list().map(entry => entry.id),
    ...workspace.references.verbs.keys(),
    ...workspace.references.guardrails.keys(),
  ];
  const nearest = nearestWord(id, known);
  return new HarnessError('usage', {
    message: `could not describe "${id}": there is no such scenario, profile, change, guardrail or verb`,
    hint: nearest === null ? 'List what there is: brakecheck list' : `Did you mean ${nearest}?`,
  });
}
