import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { defineGuardrail } from '../guardrail.ts';
import { aChain, anEntry } from '../testing/a-chain.ts';
import { anAction } from '../testing/an-action.ts';
import { createFaultySeat } from './faulty-seat.ts';
import { alikeFaults, STRESS_FAULTS, type StressFault } from './stress-fault.ts';

/** Refuses what is asked of `pricing/na`, allows the rest, imposes waves, and advances the first gate only. */
const picky = defineGuardrail({
  name: 'picky',
  summary: 'A guardrail of a test.',
  options: z.strictObject({}),
  create: () => {
    let gates = 0;
    return {
      rolloutPlan: { waves: [0.5, 1], bakeMs: 60_000 },
      decide: action =>
        action.resource === 'pricing/na'
          ? { effect: 'deny', reason: 'not there', remedies: [] }
          : { effect: 'allow', reason: 'fine' },
      gateRollout: () => {
        gates += 1;
        return gates === 1
          ? { ruling: 'advance', reason: 'the first one' }
          : { ruling: 'roll-back', reason: 'no more' };
      },
    };
  },
});

async function underStress(fault: StressFault | null, onFailure: 'open' | 'closed' = 'closed') {
  const entry = anEntry('picky', { onFailure });
  const made = await aChain([entry], [picky], undefined, {
    wrapSeat: (seated, seat) => (fault === null ? seat : createFaultySeat(seat, fault, seated.timeLimitMs)),
  });
  onTestFinished(() => made.chain.close());
  const answers = () =>
    made.events().flatMap(({ answer, countedAs }) => [{ ...(answer as { effect: string }), countedAs }]);
  return { ...made, answers };
}

const THERE = anAction({ resource: 'pricing/na' });
const ELSEWHERE = anAction({ id: 'action-2', resource: 'pricing/eu' });

test.each([
  ['down', 'unreachable', 'stress: it is down'],
  ['slow', 'timed-out', 'stress: its answer came after 60000 ms'],
  ['hanging', 'timed-out', 'stress: it gave no answer within 60000 ms'],
  ['500', 'failed', 'stress: it says that it failed'],
  ['garbage', 'nonsense', 'its answer is none at '],
] as const)('%s is an error that counts by onFailure', async (fault, how, reason) => {
  const closed = await underStress(fault);
  expect((await closed.chain.rule(ELSEWHERE)).decision).toBe('denied');
  expect(closed.answers()).toEqual([
    expect.objectContaining({ effect: 'error', fault: how, countedAs: 'deny' }),
  ]);
  expect((closed.answers()[0] as unknown as { reason: string }).reason).toContain(reason);
  const open = await underStress(fault, 'open');
  expect((await open.chain.rule(THERE)).decision).toBe('allowed');
  expect(open.chain.rolloutPlan('pipeline')).toBeNull();
});

test('an answer that rules nothing is kept apart from an error', async () => {
  const { chain, answers } = await underStress('undefined', 'open');
  expect((await chain.rule(THERE)).decision).toBe('allowed');
  expect(answers()).toEqual([
    { effect: 'undefined', reason: 'stress: it rules nothing', countedAs: 'allow' },
  ]);
});

test('a stale guardrail answers each question as the one before it, gates apart from actions', async () => {
  const { chain } = await underStress('stale');
  expect((await chain.rule(ELSEWHERE)).decision).toBe('allowed');
  expect((await chain.rule(THERE)).decision).toBe('allowed');
  expect((await chain.rule(ELSEWHERE)).decision).toBe('denied');
  expect(chain.rolloutPlan('pipeline')).toEqual({ waves: [0.5, 1], bakeMs: 60_000 });
});

test('a flapping guardrail fails at every other question, from the first', async () => {
  const { chain, answers } = await underStress('flapping');
  for (const action of [ELSEWHERE, ELSEWHERE, THERE, THERE]) await chain.rule(action);
  expect(answers().map(({ effect }) => effect)).toEqual(['error', 'allow', 'error', 'deny']);
});

test('without a fault the same guardrail answers for itself', async () => {
  const { chain } = await underStress(null);
  expect((await chain.rule(THERE)).decision).toBe('denied');
  expect((await chain.rule(ELSEWHERE)).decision).toBe('allowed');
});

const GATE = {
  ...{ rolloutId: 'rollout-1', service: 'pricing', region: 'na', build: 'pricing-tiered', wave: 0 },
  ...{ trafficShare: 0.5, observedMs: 60_000, before: null, baseline: null, canary: null },
};

test.each(['open', 'closed'] as const)(
  'faults that are said to be alike do the same when it fails %s',
  async onFailure => {
    const [alike, ...others] = alikeFaults(STRESS_FAULTS, () => 'seat');
    expect(alike).toEqual(['down', 'slow', 'hanging', '500', 'garbage', 'undefined']);
    expect(others).toEqual([['stale'], ['flapping']]);
    const outcomes = new Set<string>();
    for (const fault of alike ?? []) {
      const { chain } = await underStress(fault, onFailure);
      const rulings = [(await chain.rule(THERE)).decision, (await chain.rule(ELSEWHERE)).decision];
      const gates = [await chain.gate('pipeline', GATE), await chain.gate('pipeline', GATE)];
      const gated = gates.map(({ ruling }) => ruling);
      outcomes.add(JSON.stringify([rulings, gated, chain.rolloutPlan('pipeline')]));
    }
    expect([...outcomes]).toEqual([
      onFailure === 'open'
        ? '[["allowed","allowed"],["advance","advance"],null]'
        : '[["denied","denied"],["hold","roll-back"],null]',
    ]);
  },
);

test('away from our seat every fault has an arm of its own, since an answer may be taken for another', () => {
  expect(alikeFaults(['down', 'garbage', 'stale'], () => 'wire')).toEqual([['down'], ['garbage'], ['stale']]);
});
