import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Decision, GuardedAction } from '../ports/action.ts';
import type { GuardrailDefinition, GuardrailInstance, RolloutGate } from '../ports/guardrail.ts';
import type { TelemetryWindow } from '../ports/telemetry.ts';
import { createGuestLoader } from './guests/guest-loader.ts';
import { constraintsSchema, decisionSchema, findingsSchema, gateRulingSchema } from './host/answer-schema.ts';
import { frozenCopy } from './host/guarded-view.ts';
import { builtInGuardrails } from './registry.ts';
import { aChain, anEntry } from './testing/a-chain.ts';
import { arbitraryAction } from './testing/arbitrary-action.ts';

const GUESTS = fileURLToPath(new URL('../../fixtures/guests', import.meta.url));

const BUSY_OPTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'change-freeze': { windows: [{ start: '1h', duration: '2h' }] },
  'deletion-protection': { tags: ['keep'], environments: ['production', 'staging'] },
};

const definitions = [...builtInGuardrails().values()];
const cases = definitions.flatMap(definition => {
  const busy = BUSY_OPTIONS[definition.name];
  const plain = { name: definition.name, create: creator(definition, {}) };
  if (busy === undefined) return [plain];
  return [plain, { name: `${definition.name} with options`, create: creator(definition, busy) }];
});

function creator(definition: GuardrailDefinition, options: unknown) {
  return (nowMs: () => number): GuardrailInstance =>
    definition.create(definition.options.parse(options), { nowMs });
}

const telemetry = fc.record({
  cell: fc.constantFrom('pricing/na', 'checkout/na', 'odd', ''),
  build: fc.constantFrom('a', 'b'),
  requests: fc.nat(1_000),
  errors: fc.nat(1_000),
  latencyMsP50: fc.nat(1_000),
  latencyMsP99: fc.nat(9_000),
});
const gates: fc.Arbitrary<RolloutGate> = fc.record({
  rolloutId: fc.string(),
  service: fc.string(),
  region: fc.string(),
  build: fc.string(),
  wave: fc.nat(20),
  trafficShare: fc.double({ min: 0, max: 1, noNaN: true }),
  observedMs: fc.nat(),
  before: fc.option(telemetry),
  baseline: fc.option(telemetry),
  canary: fc.option(telemetry),
});

function windowsOf(cells: readonly (readonly TelemetryWindow['cells'][number][])[]): TelemetryWindow[] {
  return cells.map((inWindow, index) => ({
    fromMs: index * 10_000,
    toMs: (index + 1) * 10_000,
    deliveredAtMs: (index + 1) * 10_000 + 5_000,
    cells: inWindow,
    orders: [],
  }));
}

async function decide(instance: GuardrailInstance, action: GuardedAction): Promise<Decision | null> {
  return instance.decide === undefined ? null : ((await instance.decide(action)) ?? null);
}

test('the no-op guest, in its own thread, answers the same to whatever it is asked', async () => {
  const { chain, events } = await aChain([anEntry('./noop.js', { id: 'noop' })], [], clock =>
    createGuestLoader({
      realDeadline: () => () => {},
      waitOutside: answer => clock.waitOutside(answer),
      baseDir: GUESTS,
    }),
  );
  onTestFinished(() => chain.close());
  await fc.assert(
    fc.asyncProperty(arbitraryAction, async action => {
      expect(await chain.rule(action)).toMatchObject({ decision: 'allowed' });
    }),
    { numRuns: 30 },
  );
  const answers = events().map(event => JSON.stringify(event.answer));
  expect(new Set(answers)).toEqual(
    new Set([JSON.stringify({ effect: 'allow', reason: 'it rules on nothing' })]),
  );
});

test.each(cases)('$name: answers a lawful decision to whatever it is asked', async ({ create }) => {
  await fc.assert(
    fc.asyncProperty(arbitraryAction, fc.nat(10_000_000), async (action, nowMs) => {
      const decision = await decide(
        create(() => nowMs),
        frozenCopy(action),
      );
      if (decision === null) return;
      expect(decisionSchema.safeParse(decision).error?.message).toBeUndefined();
      expect(decision.reason.trim()).not.toBe('');
      expect(decision.reason.length).toBeLessThanOrEqual(500);
    }),
    { numRuns: 200 },
  );
});

test.each(cases)(
  '$name: asking changes nothing, the same question gets the same answer',
  async ({ create }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryAction, { minLength: 2, maxLength: 6 }), async actions => {
        const asked = create(() => 0);
        const first = [];
        for (const action of actions) first.push(await decide(asked, action));
        for (const [index, action] of [...actions.entries()].reverse()) {
          expect(await decide(asked, action)).toEqual(first[index]);
          expect(
            await decide(
              create(() => 0),
              action,
            ),
          ).toEqual(first[index]);
        }
      }),
      { numRuns: 50 },
    );
  },
);

test.each(cases)('$name: what only reads is never refused', async ({ create }) => {
  await fc.assert(
    fc.asyncProperty(arbitraryAction, async action => {
      const reads = { ...action, footprint: { ...action.footprint, readOnly: true, destructive: false } };
      const instance = create(() => 0);
      instance.carriedOut?.(action);
      const decision = await decide(instance, reads);
      expect(decision?.effect ?? 'allow').toBe('allow');
    }),
    { numRuns: 100 },
  );
});

test.each(cases)('$name: gates and watches answer lawfully, and are bounded', async ({ create }) => {
  await fc.assert(
    fc.asyncProperty(
      gates,
      fc.array(fc.array(telemetry, { maxLength: 4 }), { maxLength: 60 }),
      arbitraryAction,
      async (gate, cells, action) => {
        const instance = create(() => 0);
        if (instance.rolloutPlan !== undefined) constraintsSchema.parse(instance.rolloutPlan);
        const ruling = await instance.gateRollout?.(gate);
        if (ruling !== undefined) expect(gateRulingSchema.safeParse(ruling).success).toBe(true);
        instance.carriedOut?.(action);
        let orders = 0;
        for (const window of windowsOf(cells)) {
          const findings = (await instance.watch?.(window)) ?? [];
          expect(findingsSchema.safeParse(findings).error?.message).toBeUndefined();
          orders += findings.filter(finding => 'verb' in finding).length;
        }
        expect(orders).toBeLessThanOrEqual(10);
      },
    ),
    { numRuns: 60 },
  );
});

test.each(definitions)(
  '$name: its options are strict, all have defaults, and each is described',
  definition => {
    expect(definition.summary).toMatch(/^[A-Z].*\.$/);
    expect(definition.options.safeParse({ 'no-such-option': 1 }).success).toBe(false);
    definition.options.parse({});
    const shape = (definition.options as unknown as { shape: Record<string, { description?: string }> })
      .shape;
    for (const [name, option] of Object.entries(shape)) {
      expect(option.description, `option ${name} of ${definition.name}`).toMatch(/\.$/);
    }
  },
);
