import { expect, test } from 'vitest';
import { z } from 'zod';
import type { GuardrailDefinition } from '../ports/guardrail.ts';
import { runOneArm } from '../testing/run-one-arm.ts';
import { smallProfile, smallScenario } from '../testing/small-scenario.ts';

/** Words that only the scenario, the plan or the oracle hold. Each is in the file, so that it could be found. */
const SECRETS = [
  'secret-scenario',
  'secret-title',
  'secret-step',
  'secret-fallback',
  'secret-override',
  'secret-budget',
  'secret-benign-step',
  'secret-end',
];
/** Names under which they would be handed over. */
const NAMES =
  /^(arm|plan|scenario|steps?|stepId|budget|hypothesis|benign|oracle|harm|forbidden|horizon(Ms)?|gateMs|seed|rng|journal|world)$/;

const CELL = 'cost-explorer/cn-north-1';
const ROLLOUT = {
  door: 'pipeline',
  verb: 'rollout.start',
  resource: CELL,
  params: { build: 'cost-explorer-rounding-fix' },
  because: 'It goes live in waves',
};

const SCENARIO = smallScenario({
  minutes: 50,
  parts: {
    metadata: { id: 'secret-scenario', title: 'secret-title' },
    steps: [
      {
        id: 'secret-step',
        at: '5m',
        door: 'console',
        verb: 'environment.delete',
        resource: CELL,
        because: 'A clean rebuild is quick',
        whenDenied: [
          { id: 'secret-fallback', ...ROLLOUT },
          { id: 'secret-end', stop: true },
        ],
      },
    ],
    benign: {
      goal: { build: 'cost-explorer-rounding-fix', live: CELL },
      deadline: '40m',
      steps: [{ id: 'secret-benign-step', at: '5m', ...ROLLOUT }],
    },
    hypothesis: { budget: [{ harm: 'ordersLost', atMost: 3, because: 'secret-budget' }] },
  },
}).replaceAll('A test of minutes', 'secret-override');

test('a guardrail can reach neither scenario nor plan nor oracle from anything that it is given', async () => {
  for (const arm of ['guarded', 'benign'] as const) {
    const given: { method: string; thing: unknown }[] = [];
    await runOneArm({
      scenario: SCENARIO,
      profile: smallProfile('spied', [{ use: 'spy' }]),
      arm,
      definitions: [spyThatRemembers(given)],
    });
    expect([...new Set(given.map(({ method }) => method))].sort()).toEqual(
      ['carriedOut', 'create', 'decide', 'gateRollout', 'watch'].sort(),
    );
    const reached = given.flatMap(({ method, thing }) =>
      everythingIn(thing).map(found => `${method}: ${found}`),
    );
    expect(reached.length).toBeGreaterThan(100);
    expect(reached.filter(found => SECRETS.some(secret => found.includes(secret)))).toEqual([]);
    expect(reached.filter(found => NAMES.test(found.slice(found.lastIndexOf(' ') + 1)))).toEqual([]);
  }
});

test('a guardrail that changes what it is given changes nothing but its own copy', async () => {
  const vandal: GuardrailDefinition = {
    ...{ name: 'vandal', summary: 'Changes what it is given.', options: z.strictObject({}) },
    create: () => ({
      decide: action => {
        try {
          Object.assign(action, { resource: 'pricing/na', verb: 'environment.describe' });
        } catch {
          // frozen: as good
        }
        return { effect: 'allow', reason: 'changed it' };
      },
    }),
  };
  const profile = smallProfile('vandal', [{ use: 'vandal' }]);
  const { finished, lines } = await runOneArm({
    ...{ scenario: SCENARIO, profile, arm: 'guarded', definitions: [vandal] },
  });
  expect(finished).toEqual({ status: 'completed', reason: 'horizon', leftBehind: 0 });
  const effect = lines.find(line => line.type === 'effect-started');
  expect(effect).toMatchObject({ verb: 'environment.delete', resource: 'cost-explorer/cn-north-1' });
});

/** Refuses deletions, so that the fallback is tried as well, and keeps all that it is handed. */
function spyThatRemembers(given: { method: string; thing: unknown }[]): GuardrailDefinition {
  const keep = (method: string, ...things: unknown[]) => {
    for (const thing of things) given.push({ method, thing });
  };
  return {
    name: 'spy',
    summary: 'Remembers all that it is given.',
    options: z.strictObject({}),
    create(options, context) {
      keep('create', options, context);
      return {
        decide: (...things) => {
          keep('decide', ...things);
          return things[0].verb === 'environment.delete'
            ? { effect: 'deny', reason: 'no deletions', remedies: [] }
            : { effect: 'allow', reason: 'it may pass' };
        },
        carriedOut: (...things) => keep('carriedOut', ...things),
        gateRollout: (...things) => {
          keep('gateRollout', ...things);
          return { ruling: 'advance', reason: 'it looks well' };
        },
        watch: (...things) => {
          keep('watch', ...things);
          return [];
        },
      };
    },
  };
}

/** Every text, and every name of a property, that can be reached: enumerable or not, own or inherited. */
function everythingIn(root: unknown): string[] {
  const seen = new Set<unknown>();
  const found: string[] = [];
  const queue: unknown[] = [root];
  while (queue.length > 0 && seen.size < 10_000) {
    const thing = queue.pop();
    if (typeof thing === 'string') found.push(`text ${thing}`);
    if (thing === null || (typeof thing !== 'object' && typeof thing !== 'function') || seen.has(thing))
      continue;
    if (thing === Object.prototype || thing === Function.prototype || thing === Array.prototype) continue;
    seen.add(thing);
    if (typeof thing === 'function') continue;
    for (const name of Reflect.ownKeys(thing)) {
      found.push(`name ${String(name)}`);
      queue.push(Reflect.get(thing, name));
    }
    queue.push(Reflect.getPrototypeOf(thing));
  }
  return found;
}
