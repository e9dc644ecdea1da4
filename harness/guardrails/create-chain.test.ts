import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Answer, Decision, GuardedAction } from '../ports/action.ts';
import type { GuardrailDefinition, GuardrailInstance } from '../ports/guardrail.ts';
import { defineGuardrail } from './guardrail.ts';
import { aChain, anEntry } from './testing/a-chain.ts';
import { anAction } from './testing/an-action.ts';
import { arbitraryAction } from './testing/arbitrary-action.ts';

function guardrail(name: string, instance: GuardrailInstance): GuardrailDefinition {
  return defineGuardrail({ name, summary: name, options: z.strictObject({}), create: () => instance });
}

function answers(name: string, decision: unknown): GuardrailDefinition {
  return guardrail(name, { decide: () => decision as Decision });
}

const allow: Decision = { effect: 'allow', reason: 'fine' };
const deny: Decision = { effect: 'deny', reason: 'no', remedies: [{ kind: 'door', door: 'pipeline' }] };

test('without guardrails every action is allowed', async () => {
  const { chain, events } = await aChain([]);
  expect(await chain.rule(anAction())).toEqual({
    decision: 'allowed',
    by: [],
    reason: 'no guardrail rules on it',
  });
  expect(events()).toEqual([]);
});

test('the strictest answer wins, and guardrails behind a denial are still asked and journaled', async () => {
  const { chain, events } = await aChain(
    [anEntry('a'), anEntry('b'), anEntry('c')],
    [
      answers('a', deny),
      answers('b', allow),
      answers('c', { effect: 'narrow', reason: 'n', constraints: {} }),
    ],
  );
  expect(await chain.rule(anAction())).toEqual({
    decision: 'denied',
    by: ['a'],
    reason: 'a: no',
    remedies: [{ kind: 'door', door: 'pipeline' }],
  });
  expect(events().map(event => [event.guardrail, event.subject, event.countedAs])).toEqual([
    ['a', 'action-1', 'deny'],
    ['b', 'action-1', 'allow'],
    ['c', 'action-1', 'narrow'],
  ]);
});

test('only guardrails at the door that rule on the actor are asked', async () => {
  const { chain, events } = await aChain(
    [anEntry('a', { doors: ['pipeline'] }), anEntry('b', { actors: ['person'] }), anEntry('c')],
    [answers('a', deny), answers('b', deny), answers('c', allow)],
  );
  expect(await chain.rule(anAction())).toMatchObject({ decision: 'allowed' });
  expect(events().map(event => event.guardrail)).toEqual(['c']);
});

test('demands for approval combine to the highest count and level and the shortest validity', async () => {
  const demand = (count: number, level: string, expiresAfterMs: number) => ({
    effect: 'require-approval',
    reason: 'ask',
    approval: { count, level, expiresAfterMs },
  });
  const { chain } = await aChain(
    [anEntry('a'), anEntry('b')],
    [answers('a', demand(2, 'junior', 5_000)), answers('b', demand(1, 'senior', 9_000))],
  );
  expect(await chain.rule(anAction())).toMatchObject({
    decision: 'approval-required',
    by: ['a', 'b'],
    demand: { count: 2, level: 'senior', expiresAfterMs: 5_000 },
  });
});

test('constraints are intersected, together with the waves that the door imposes', async () => {
  const narrow = (constraints: object) => ({ effect: 'narrow', reason: 'less', constraints });
  const { chain } = await aChain(
    [anEntry('a'), anEntry('b'), anEntry('c')],
    [
      answers('a', narrow({ cells: ['pricing/na', 'pricing/eu'], waves: [0.5, 1], bakeMs: 10 })),
      answers('b', narrow({ cells: ['pricing/na', 'checkout/na'], waves: [0.1, 0.6, 1] })),
      guardrail('c', { rolloutPlan: { waves: [0.2, 0.3, 0.4, 1], bakeMs: 30 } }),
    ],
  );
  const action = anAction({ footprint: { rollsOut: true, cells: ['pricing/na', 'pricing/eu'] } });
  expect(await chain.rule(action)).toMatchObject({
    decision: 'narrowed',
    constraints: { cells: ['pricing/na'], waves: [0.1, 0.3, 0.4, 1], bakeMs: 30 },
  });
  expect(chain.rolloutPlan('pipeline')).toEqual({ waves: [0.2, 0.3, 0.4, 1], bakeMs: 30 });
});

test('constraints that leave no cell are a denial', async () => {
  const narrow = (cells: string[]) => ({ effect: 'narrow', reason: 'less', constraints: { cells } });
  const { chain } = await aChain(
    [anEntry('a'), anEntry('b')],
    [answers('a', narrow(['pricing/na'])), answers('b', narrow(['checkout/na']))],
  );
  expect(await chain.rule(anAction())).toMatchObject({ decision: 'denied', by: ['a', 'b'] });
});

test('a guardrail that fails counts by its onFailure, and the journal keeps how it failed', async () => {
  const throws = guardrail('throws', {
    decide: () => {
      throw new Error('bang');
    },
  });
  for (const [definition, answer] of [
    [throws, { effect: 'error', fault: 'threw', reason: 'it threw: bang' }],
    [answers('none', undefined), { effect: 'undefined', reason: 'it gave no answer' }],
    [
      answers('odd', { effect: 'perhaps' }),
      { effect: 'error', fault: 'nonsense', reason: expect.any(String) },
    ],
    [
      answers('mute', { effect: 'allow', reason: '' }),
      { effect: 'error', fault: 'nonsense', reason: expect.any(String) },
    ],
  ] as const) {
    for (const [onFailure, countedAs, decision] of [
      ['closed', 'deny', 'denied'],
      ['open', 'allow', 'allowed'],
    ] as const) {
      const { chain, events } = await aChain([anEntry(definition.name, { onFailure })], [definition]);
      expect(await chain.rule(anAction())).toMatchObject({ decision });
      expect(events()[0]).toMatchObject({ answer, countedAs });
    }
  }
});

test('a guardrail with wrong options stays at the table and is not loaded', async () => {
  const { chain, events } = await aChain([anEntry('two-person-rule', { options: { aprovers: 2 } })]);
  expect(events()[0]).toMatchObject({
    about: 'create',
    answer: { fault: 'not-loaded' },
    countedAs: 'nothing',
  });
  expect(await chain.rule(anAction())).toMatchObject({ decision: 'denied', by: ['two-person-rule'] });
});

test('an entry that names no built-in is an error of the file, with the nearest name', async () => {
  await expect(aChain([anEntry('two-persons-rule')])).rejects.toMatchObject({
    kind: 'file',
    hint: 'Did you mean "two-person-rule"?',
  });
});

test('gates: the strictest rules, and a guardrail that fails closed holds once, then rolls back', async () => {
  const gate = {
    rolloutId: 'rollout-1',
    service: 'pricing',
    region: 'na',
    build: 'b',
    wave: 0,
    trafficShare: 0.1,
    observedMs: 1,
    before: null,
    baseline: null,
    canary: null,
  };
  const fails = guardrail('fails', { gateRollout: () => 'maybe' as never });
  const advances = guardrail('advances', { gateRollout: () => ({ ruling: 'advance', reason: 'well' }) });
  const { chain, events } = await aChain([anEntry('advances'), anEntry('fails')], [fails, advances]);
  expect(await chain.gate('pipeline', gate)).toMatchObject({ ruling: 'hold', by: 'fails' });
  expect(await chain.gate('pipeline', gate)).toMatchObject({ ruling: 'roll-back', by: 'fails' });
  expect(events().map(event => event.countedAs)).toEqual(['advance', 'hold', 'advance', 'roll-back']);
  const open = await aChain([anEntry('fails', { onFailure: 'open' })], [fails]);
  expect(await open.chain.gate('pipeline', gate)).toMatchObject({ ruling: 'advance', by: null });
});

test('watch returns orders, hands on alarms, and journals a standing failure once', async () => {
  const order = { verb: 'rollout.rollback', resource: 'pricing/na', params: {}, because: 'it burns' };
  const alarm = {
    alarm: 'burn',
    subject: 'pricing/na',
    phase: 'fired',
    observed: 20,
    threshold: 14,
  } as const;
  const { chain, events, alarms } = await aChain(
    [anEntry('watches'), anEntry('fails')],
    [
      guardrail('watches', { watch: () => [order, alarm] }),
      guardrail('fails', { watch: () => 'fine' as never }),
    ],
  );
  const window = { fromMs: 0, toMs: 10, deliveredAtMs: 20, cells: [], orders: [] };
  expect(await chain.watch(window)).toEqual([{ guardrail: 'watches', order }]);
  expect(await chain.watch(window)).toEqual([{ guardrail: 'watches', order }]);
  expect(alarms).toEqual([alarm, alarm]);
  expect(events().map(event => [event.type, event.guardrail ?? event.source])).toEqual([
    ['guardrail-answered', 'watches'],
    ['alarm', 'watches'],
    ['guardrail-answered', 'fails'],
    ['guardrail-answered', 'watches'],
    ['alarm', 'watches'],
  ]);
});

test('a guardrail cannot change the action, and what it changes on its copy is an error of its own', async () => {
  const meddles = guardrail('meddles', {
    decide: action => {
      (action as { resource: string }).resource = 'checkout/*';
      return allow;
    },
  });
  const { chain, events } = await aChain([anEntry('meddles')], [meddles]);
  const action = anAction();
  await chain.rule(action);
  expect(action.resource).toBe('pricing/na');
  expect(events()[0]?.answer).toMatchObject({ effect: 'error', fault: 'threw' } satisfies Partial<Answer>);
});

test('nothing that a guardrail is given speaks of scenario, plan, step, oracle, arm or seed', async () => {
  const seen: unknown[] = [];
  const spy = defineGuardrail({
    name: 'spy',
    summary: 'Keeps what it is given.',
    options: z.strictObject({}),
    create: (options, context) => {
      seen.push(options, context);
      return {
        decide: action => {
          seen.push(action);
          return allow;
        },
        carriedOut: action => {
          seen.push(action);
        },
        gateRollout: gate => {
          seen.push(gate);
          return { ruling: 'advance', reason: 'well' };
        },
        watch: window => {
          seen.push(window);
          return [];
        },
      };
    },
  });
  const { chain } = await aChain([anEntry('spy')], [spy]);
  const loaded = {
    ...anAction(),
    stepId: 'rebuild',
    scenario: 'x',
    plan: {},
    seed: '1',
    arm: 'guarded',
    oracle: {},
  };
  await chain.rule(loaded as GuardedAction);
  chain.carriedOut(loaded as GuardedAction);
  expect(seen).toHaveLength(4);
  const keys = seen.flatMap(keyPaths);
  expect(keys).toContain('footprint.cells');
  expect(keys.filter(path => /(^|\.)(scenario|plan|step|stepId|oracle|arm|seed)(\.|$)/i.test(path))).toEqual(
    [],
  );
});

function keyPaths(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    key,
    ...keyPaths(inner).map(path => `${key}.${path}`),
  ]);
}

test('a ruling never depends on the order of guardrails, but for the order in which they are named', async () => {
  const effects = fc.constantFrom<Decision>(
    allow,
    deny,
    { effect: 'narrow', reason: 'n', constraints: { waves: [0.5, 1] } },
    { effect: 'require-approval', reason: 'r', approval: { count: 1, level: 'mid', expiresAfterMs: 1 } },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(effects, { maxLength: 5 }), arbitraryAction, async (decisions, action) => {
      const definitions = decisions.map((decision, index) => answers(`g${index}`, decision));
      const entries = definitions.map(({ name }) => anEntry(name, { actors: [action.actor.kind] }));
      const forwards = await (await aChain(entries, definitions)).chain.rule(action);
      const backwards = await (await aChain([...entries].reverse(), definitions)).chain.rule(action);
      expect(backwards.decision).toBe(forwards.decision);
      expect([...backwards.by].sort()).toEqual([...forwards.by].sort());
    }),
    { numRuns: 50 },
  );
});
