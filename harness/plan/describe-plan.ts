import { formatDuration } from '../kernel/duration.ts';
import { DOORS } from '../ports/action.ts';
import { isStop } from '../scenario/flatten-steps.ts';
import { printable } from '../scenario/printable.ts';
import type {
  AgentSpec,
  BudgetLine,
  OrdinaryChange,
  Scenario,
  Step,
  Stop,
} from '../scenario/scenario-schema.ts';
import type { Plan } from './plan.ts';

/** The plan as text for people: what would be done, by whom, through which doors, against which guardrails. */
export function describePlan(plan: Plan): string {
  const lines = [
    `${plan.scenario === null ? 'ordinary week' : plan.scenario.metadata.id}, arm ${plan.arm}, stack ${plan.stack}, seed=${plan.seed}`,
    ...(plan.scenario === null ? [] : [`  ${safe(plan.scenario.metadata.title)}`]),
    `  steady state watched for ${formatDuration(plan.gateMs)}; the arm ends at ${formatDuration(plan.horizonMs)}`,
    '',
    ...describeActs(plan),
    ...describeGuardrails(plan),
    ...describeRoutes(plan),
    ...(plan.scenario === null ? [] : describeBudget(plan.scenario.hypothesis.budget)),
    ...describeDigests(plan),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function describeActs(plan: Plan): readonly string[] {
  if (plan.scenario === null) return describeChanges(plan.changes);
  switch (plan.arm) {
    case 'calm':
      return ['Nobody makes a mistake: the arm shows an ordinary day.', ''];
    case 'benign':
      return describeBenign(plan.scenario);
    default:
      return [
        'The mistake',
        ...describeAgent(plan.scenario.agent),
        ...describeSteps(plan.scenario.steps),
        '',
      ];
  }
}

function describeBenign({ agent, benign }: Scenario): readonly string[] {
  const goal = `  goal: ${goalText(benign.goal)}, within ${formatDuration(benign.deadline)}`;
  return [
    'The same task done properly',
    ...describeAgent(benign.agent ?? agent),
    goal,
    ...describeSteps(benign.steps),
    '',
  ];
}

function describeChanges(changes: readonly OrdinaryChange[]): readonly string[] {
  return changes.flatMap(change => [
    `${change.metadata.id} at ${formatDuration(change.at)}: ${safe(change.metadata.title)}`,
    `  goal: ${goalText(change.goal)}, within ${formatDuration(change.deadline)}`,
    ...describeSteps(change.steps),
    '',
  ]);
}

function describeAgent(agent: AgentSpec): readonly string[] {
  const principal =
    agent.onBehalfOf === undefined
      ? ''
      : `, on behalf of ${agent.onBehalfOf.person} (${agent.onBehalfOf.session} session)`;
  const roles = agent.roles.length === 0 ? '' : `, roles ${agent.roles.join(', ')}`;
  return [`  ${agent.kind} ${agent.id} (${agent.level})${principal}${roles}`, `  task: ${safe(agent.task)}`];
}

function describeSteps(steps: readonly (Step | Stop)[], depth = 1): readonly string[] {
  const indent = '  '.repeat(depth);
  return steps.flatMap((step, index): readonly string[] => {
    const mark = depth === 1 ? `${index + 1}.` : 'else';
    if (isStop(step)) return [`${indent}${mark} ${step.id}: gives up`];
    const params = Object.keys(step.params).length === 0 ? '' : ` ${safe(JSON.stringify(step.params))}`;
    return [
      `${indent}${mark} ${step.id}${startText(step)}: ${step.door} / ${step.verb} on ${step.resource}${params}${detailText(step)}`,
      ...describeSteps(step.whenDenied, depth + 1),
    ];
  });
}

function startText(step: Step): string {
  if (step.after !== undefined) return ` after ${step.after}`;
  if (step.at === 0) return ' at once';
  return step.at === undefined ? '' : ` at ${formatDuration(step.at)}`;
}

function detailText(step: Step): string {
  const details = [
    step.as === undefined ? '' : `as ${step.as}`,
    step.evidence.length === 0 ? '' : `evidence ${step.evidence.map(safe).join(', ')}`,
    step.changeRecord === undefined ? '' : `change record ${safe(step.changeRecord)}`,
    step.expect === 'accepted' ? '' : `expects ${step.expect}`,
    step.retry ? 'then tries the denied step again' : '',
  ].filter(text => text !== '');
  return details.length === 0 ? '' : ` (${details.join('; ')})`;
}

function goalText(goal: Scenario['benign']['goal']): string {
  if ('build' in goal) return `build ${goal.build} live on ${goal.live}`;
  if ('instances' in goal) return `${goal.instances} instances of ${goal.on}`;
  if ('gone' in goal) return `${goal.gone} gone`;
  if ('exists' in goal) return `${goal.exists} exists`;
  if ('config' in goal) return `${safe(goal.config)} is ${safe(String(goal.is))} on ${goal.on}`;
  return `"${safe(goal.query)}" answers ${safe(String(goal.is))} on ${goal.on}`;
}

function describeGuardrails(plan: Plan): readonly string[] {
  const { guardrails, id } = plan.profile;
  if (guardrails.length === 0) return [`Profile ${id}: no guardrails`, ''];
  const width = Math.max(...guardrails.map(entry => entry.id.length));
  const lines = guardrails.map(
    (entry, index) =>
      `  ${index + 1}. ${entry.id.padEnd(width)}  at ${entry.doors.length === DOORS.length ? 'every door' : entry.doors.join(', ')}; rules on ${entry.actors.join(', ')}; fails ${entry.onFailure}`,
  );
  return [`Profile ${id}, asked in this order`, ...lines, ''];
}

function describeRoutes(plan: Plan): readonly string[] {
  if (plan.routes.length === 0) return [];
  const inScript = plan.routes.filter(route => route.inScript).length;
  const lines = plan.routes.map(
    route => `  ${route.inScript ? 'in the script ' : 'not tried     '}${route.door} / ${route.verb}`,
  );
  return [
    `Routes to the mistake's effect: ${plan.routes.length}, of which ${inScript} in the script`,
    ...lines,
    '',
  ];
}

function describeBudget(budget: readonly BudgetLine[]): readonly string[] {
  const lines = budget.map(line => {
    const amount = line.harm === 'outage' ? formatDuration(line.atMost) : String(line.atMost);
    const where = [line.journey, line.region].filter(word => word !== undefined).join(', ');
    return `  ${line.harm}${where === '' ? '' : ` (${where})`} at most ${amount}: ${safe(line.because)}`;
  });
  return ['Acceptable harm; everything else 0', ...(lines.length === 0 ? ['  none at all'] : lines), ''];
}

function describeDigests(plan: Plan): readonly string[] {
  const { scenario, world, profile, builds } = plan.digests;
  return [
    'Digests',
    `  scenario ${scenario}`,
    `  world    ${world}`,
    `  profile  ${profile}`,
    ...Object.entries(builds).map(([id, digest]) => `  build    ${id} ${digest}`),
  ];
}

function safe(text: string): string {
  return printable(text, 200);
}
