import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Plan } from '../../plan/plan.ts';
import type { GuardedAction } from '../../ports/action.ts';
import type { GuardrailEntry } from '../../ports/guardrail.ts';
import { type ArmRequest, runOneArm } from '../../testing/run-one-arm.ts';
import { smallScenario } from '../../testing/small-scenario.ts';
import { defineGuardrail } from '../guardrail.ts';
import { anEntry } from '../testing/a-chain.ts';
import { aGrant, aRecord } from '../testing/an-action.ts';
import { arbitraryAction } from '../testing/arbitrary-action.ts';
import { EXAMPLES, type SeatedForTest, seatAdapters } from './testing/ask-adapter.ts';
import { serveRego } from './testing/rego/serve-rego.ts';

/**
 * One policy, written three times: for the built-in guardrails (same-policy/profile.yaml), in Cedar (aws/) and in Rego
 * (same-policy/policy.rego). Cedar is Cedar's own engine. Rego is asked over HTTP, of a server that speaks OPA's Data API
 * and evaluates the file by the small evaluator in testing/rego: the `opa` program is not to be had here.
 */
interface Written {
  readonly name: string;
  readonly seated: SeatedForTest;
}

/** After so long without an action nothing more is expected of an arm. */
const QUIET_MS = 3 * 3_600_000;
const SCENARIOS = new URL('../../../scenarios/', import.meta.url);
const EMPTY = {
  apiVersion: 'brakecheck/v1',
  kind: 'Profile',
  metadata: { id: 'recorded', title: 'Recorded' },
};

async function threeTimes(): Promise<readonly Written[]> {
  const rego = await serveRego(readFileSync(`${EXAMPLES}same-policy/policy.rego`, 'utf8'));
  onTestFinished(() => rego.close());
  const opa = entriesOf('your-opa.yaml').map(entry => ({
    ...entry,
    options: { ...entry.options, url: rego.url },
  }));
  return [
    { name: 'built-in', seated: await seatAdapters(entriesOf('same-policy/profile.yaml')) },
    { name: 'cedar', seated: await seatAdapters(entriesOf('your-cedar.yaml')) },
    { name: 'rego', seated: await seatAdapters(opa) },
  ];
}

function entriesOf(file: string): readonly GuardrailEntry[] {
  const profile = parse(readFileSync(`${EXAMPLES}${file}`, 'utf8')) as {
    guardrails: { id?: string; use: string; options?: Record<string, unknown> }[];
  };
  return profile.guardrails.map(({ use, ...entry }) =>
    anEntry(use, { actors: ['agent', 'person', 'automation', 'guardrail'], ...entry }),
  );
}

/** What decides: the ruling and, where people are asked, how many of which level. */
async function decisionsOn(action: GuardedAction, written: readonly Written[]) {
  const decisions: Record<string, unknown> = {};
  for (const { name, seated } of written) {
    const { decision, demand, answer } = await seated.ask(action);
    expect(answer.effect, `${name}: ${answer.reason}`).not.toBe('error');
    decisions[name] = { decision, demand };
  }
  return decisions;
}

async function expectSame(action: GuardedAction, written: readonly Written[]): Promise<string> {
  const { 'built-in': ours, cedar, rego } = await decisionsOn(action, written);
  const what = `${action.verb} on ${action.resource} at ${action.door} by ${action.actor.kind}`;
  expect(cedar, `Cedar on ${what}`).toEqual(ours);
  expect(rego, `Rego on ${what}`).toEqual(ours);
  return (ours as { decision: string }).decision;
}

/** Every action that a guardrail is asked about in an arm, with the profile's guardrails behind it. */
async function actionsOf(
  request: Pick<ArmRequest, 'scenario' | 'arm' | 'adjust'>,
  guardrails: readonly object[],
) {
  const seen: GuardedAction[] = [];
  let nowMs = 0;
  const recorder = defineGuardrail({
    name: 'recorder',
    summary: 'Notes every action that it is asked about.',
    options: z.strictObject({}),
    create: () => ({
      decide: action => {
        seen.push(structuredClone(action));
        return { effect: 'allow', reason: 'noted' };
      },
      watch: ({ toMs }) => {
        nowMs = toMs;
        return [];
      },
    }),
  });
  const profile = JSON.stringify({ ...EMPTY, guardrails: [{ use: 'recorder' }, ...guardrails] });
  // Whoever was asked nothing for hours has ended; the rest of the arm is the shop's.
  const stopRequested = () => nowMs - (seen.at(-1)?.atMs ?? Number.POSITIVE_INFINITY) > QUIET_MS;
  await runOneArm({ ...request, profile, definitions: [recorder], stopRequested });
  return seen;
}

/** Shoppers ask no guardrail anything, and cost most of an arm's time. */
const FEW = 0.02;

function withFewShoppers(text: string): string {
  const scenario = parse(text) as { world?: object[] };
  const few = ['na', 'eu'].map(region => ({
    set: `shoppers.perSecond.${region}`,
    to: FEW,
    because: 'A test',
  }));
  return JSON.stringify({ ...scenario, world: [...(scenario.world ?? []), ...few] });
}

/** The ordinary week without the hours in which nobody asks for anything: its changes in their order, an hour apart. */
function oneEachHour(plan: Plan): Plan {
  const { shoppers } = plan.world;
  const perSecond = Object.fromEntries(Object.keys(shoppers.perSecond).map(region => [region, FEW]));
  const changes = plan.changes.map((change, index) => ({ ...change, at: index * 3_600_000 }));
  return { ...plan, changes, world: { ...plan.world, shoppers: { ...shoppers, perSecond } } };
}

function samePolicy(): readonly object[] {
  const text = readFileSync(`${EXAMPLES}same-policy/profile.yaml`, 'utf8');
  return (parse(text) as { guardrails: object[] }).guardrails;
}

const filesIn = (folder: string) =>
  readdirSync(new URL(`${folder}/`, SCENARIOS))
    .filter(file => file.endsWith('.yaml'))
    .map(file => `${folder}/${file}`);
const shipped = ['incidents', 'patterns'].flatMap(filesIn);
const ordinary = filesIn('ordinary');

test.each(shipped)(
  '%s: the three agree on every action of mistake and benign half, with guardrails, without, and refused throughout',
  async file => {
    const written = await threeTimes();
    const scenario = withFewShoppers(readFileSync(new URL(file, SCENARIOS), 'utf8'));
    const actions = [
      ...(await actionsOf({ scenario, arm: 'guarded' }, [])),
      ...(await actionsOf({ scenario, arm: 'guarded' }, [{ use: 'deny-all' }])),
      ...(await actionsOf({ scenario, arm: 'benign' }, samePolicy())),
    ];
    const decisions = new Set<string>();
    for (const action of actions) decisions.add(await expectSame(action, written));
    expect(actions.length).toBeGreaterThan(5);
    expect(decisions.size).toBeGreaterThan(1);
  },
  120_000,
);

test('the three agree on every action of the ordinary week, with guardrails, without, and refused throughout', async () => {
  const written = await threeTimes();
  const week = { scenario: smallScenario(), arm: 'ordinary', adjust: oneEachHour } as const;
  const decisions = new Set<string>();
  for (const guardrails of [[], samePolicy(), [{ use: 'deny-all' }]]) {
    const actions = await actionsOf(week, guardrails);
    // Every change of the week has asked for something.
    expect(new Set(actions.map(({ task }) => task)).size).toBeGreaterThanOrEqual(ordinary.length);
    for (const action of actions) decisions.add(await expectSame(action, written));
  }
  expect([...decisions].sort()).toEqual(['allowed', 'approval-required', 'denied']);
}, 900_000);

const SERVICES = [
  'storefront',
  'pricing',
  'inventory',
  'checkout',
  'accounts',
  'delivery',
  'assistant',
  'cost-explorer',
];
const likely = fc.record({
  verb: fc.constantFrom(
    'environment.delete',
    'environment.restore',
    'plan.apply',
    'config.push',
    'pull-request.merge',
    'rollout.start',
    'data.repair',
  ),
  resource: fc.constantFrom(...SERVICES).map(service => `${service}/na`),
  environment: fc.constantFrom('production', 'staging'),
  describes: fc
    .constantFrom('decommission of ', 'Decommission of ', 'removal of ')
    .chain(words => fc.constantFrom(...SERVICES).map(service => words + service)),
  record: fc.constantFrom('normal', 'emergency', null),
  approvers: fc.subarray(['person-1', 'person-2', 'person-3', 'agent-1']),
  level: fc.constantFrom('junior', 'senior'),
});

test('the three agree on any action, likely and odd', async () => {
  const written = await threeTimes();
  const decisions = new Set<string>();
  const any = fc.tuple(arbitraryAction, fc.option(likely)).map(([action, made]): GuardedAction => {
    if (made === null) return action;
    const { describes, record, approvers, level, ...rest } = made;
    const changeRecord = record === null ? null : aRecord(describes, record as 'normal' | 'emergency');
    const approvals = approvers.map(by => aGrant(by, { level: level as 'junior' | 'senior' }));
    return { ...action, ...rest, facts: { ...action.facts, changeRecord, approvals } };
  });
  await fc.assert(
    fc.asyncProperty(any, async action => {
      decisions.add(await expectSame(action, written));
    }),
    { numRuns: 400 },
  );
  expect([...decisions].sort()).toEqual(['allowed', 'approval-required', 'denied']);
}, 900_000);
