import { z } from 'zod';
import { duration, percent } from '../../scenario/common-schema.ts';
import type { CellTelemetry, GateRuling, RolloutGate } from '../guardrail.ts';
import { defineGuardrail } from '../guardrail.ts';

const options = z.strictObject({
  waves: z
    .array(percent)
    .min(1)
    .max(20)
    .refine(isRamp, 'waves must ascend and end with 100%')
    .prefault(['5%', '25%', '100%'])
    .describe('Shares of traffic on the new build, ascending, the last one 100%.'),
  bake: duration.prefault('10m').describe('How long each wave is watched.'),
  minRequests: z
    .int()
    .min(1)
    .default(50)
    .describe('Fewer requests on either side are too little to judge by.'),
  maxHolds: z
    .int()
    .min(0)
    .max(20)
    .default(3)
    .describe('Extra bake times granted to one wave for want of data; after them it rolls back.'),
  minErrors: z.int().min(1).default(3).describe('Fewer errors than this are taken for chance.'),
  maxErrorIncrease: percent
    .prefault('1%')
    .describe('Error ratio of the new build above that of the old one at which it rolls back.'),
  maxLatencyFactor: z
    .number()
    .min(1)
    .max(100)
    .default(2)
    .describe('Latency p99 of the new build over that of the old one at which it rolls back.'),
  minLatencyIncrease: duration
    .prefault('250ms')
    .describe('A p99 that grew by less than this is taken for chance, whatever the factor.'),
});
type Options = z.infer<typeof options>;

/** Roll-outs whose holds are remembered; one run has far fewer going at a time. */
const MOST_REMEMBERED = 500;

/** Lets a new build meet few shoppers first, and more only when it does no worse than the old one does beside it. */
export const canaryRollout = defineGuardrail({
  name: 'canary-rollout',
  summary:
    'Imposes waves and bake times on roll-outs, and rolls back a wave that does worse than what it replaces.',
  options,
  create: given => {
    const holds = new Map<string, number>();
    return {
      rolloutPlan: { waves: given.waves, bakeMs: given.bake },
      gateRollout: gate => {
        const ruling = compare(gate, given);
        if (ruling !== null) return ruling;
        const place = JSON.stringify([gate.rolloutId, gate.wave]);
        const held = holds.get(place) ?? 0;
        if (held >= given.maxHolds) {
          return { ruling: 'roll-back', reason: `still too little data after ${held} extra bake time(s)` };
        }
        if (holds.size >= MOST_REMEMBERED) holds.clear();
        holds.set(place, held + 1);
        return {
          ruling: 'hold',
          reason: `too little data: ${countOf(gate.canary)} requests on the new build`,
        };
      },
    };
  },
});

/** A ruling on data; null when there is too little of it on either side. */
function compare(gate: RolloutGate, given: Options): GateRuling | null {
  const { canary } = gate;
  const reference = [gate.baseline, gate.before].find(side => countOf(side) >= given.minRequests);
  if (canary === null || countOf(canary) < given.minRequests || !reference) {
    // Errors speak at once: a wave that only fails is not held for want of successes.
    return canary !== null && canary.errors >= given.minErrors && canary.errors * 2 >= canary.requests
      ? {
          ruling: 'roll-back',
          reason: `${canary.errors} of ${canary.requests} requests failed on the new build`,
        }
      : null;
  }
  const increase = errorRatio(canary) - errorRatio(reference);
  if (canary.errors >= given.minErrors && increase > given.maxErrorIncrease) {
    return {
      ruling: 'roll-back',
      reason: `${percentOf(errorRatio(canary))} of requests failed on the new build, ${percentOf(errorRatio(reference))} on the old one`,
    };
  }
  const isSlower =
    canary.latencyMsP99 > reference.latencyMsP99 * given.maxLatencyFactor &&
    canary.latencyMsP99 - reference.latencyMsP99 >= given.minLatencyIncrease;
  const latencies = `p99 ${Math.round(canary.latencyMsP99)} ms, ${Math.round(reference.latencyMsP99)} ms on the old one`;
  if (isSlower) return { ruling: 'roll-back', reason: `the new build is slower: ${latencies}` };
  return {
    ruling: 'advance',
    reason: `${canary.requests} requests on the new build did no worse: ${percentOf(errorRatio(canary))} failed, ${latencies}`,
  };
}

function countOf(side: CellTelemetry | null): number {
  return side?.requests ?? 0;
}

function errorRatio({ errors, requests }: CellTelemetry): number {
  return requests === 0 ? 0 : errors / requests;
}

function percentOf(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

function isRamp(shares: readonly number[]): boolean {
  const ascends = shares.every((share, index) => share > (shares[index - 1] ?? 0));
  return ascends && shares.at(-1) === 1;
}
