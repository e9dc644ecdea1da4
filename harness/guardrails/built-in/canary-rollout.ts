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
    .describe(
      'Fewer requests on the new build are too little to judge by; of the old one, too few to compare with.',
    ),
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
  tighten: {
    waves: [['1%', '5%', '25%', '100%']],
    bake: 'up',
    minRequests: 'up',
    maxHolds: 'down',
    minErrors: 'down',
    maxErrorIncrease: 'down',
    maxLatencyFactor: 'down',
    minLatencyIncrease: 'down',
  },
  create: given => {
    const memory = new Memory();
    return {
      rolloutPlan: { waves: given.waves, bakeMs: given.bake },
      gateRollout: gate => {
        const reference = memory.referenceFor(gate, given.minRequests);
        const ruling = compare(gate, reference, given);
        if (ruling !== null) return ruling;
        const held = memory.holdsOf(gate);
        if (held >= given.maxHolds) {
          return { ruling: 'roll-back', reason: `still too little data after ${held} extra bake time(s)` };
        }
        memory.hold(gate);
        return {
          ruling: 'hold',
          reason: `too little data: ${countOf(gate.canary)} requests on the new build`,
        };
      },
    };
  },
});

/** What earlier gates of a roll-out have left behind: holds per wave, and what the old build did when it still served. */
class Memory {
  private readonly holds = new Map<string, number>();
  private readonly references = new Map<string, CellTelemetry>();

  holdsOf(gate: RolloutGate): number {
    return this.holds.get(placeOf(gate, gate.wave)) ?? 0;
  }

  hold(gate: RolloutGate): void {
    if (this.holds.size >= MOST_REMEMBERED) this.holds.clear();
    this.holds.set(placeOf(gate, gate.wave), this.holdsOf(gate) + 1);
  }

  /**
   * The old build beside the new one, or before it, or in an earlier wave: in the last wave nothing of it is left to
   * compare with. Null without enough requests in any of them.
   */
  referenceFor(gate: RolloutGate, minRequests: number): CellTelemetry | null {
    const place = placeOf(gate, null);
    const now = [gate.baseline, gate.before].find(side => countOf(side) >= minRequests) ?? null;
    if (now === null) return this.references.get(place) ?? null;
    if (this.references.size >= MOST_REMEMBERED) this.references.clear();
    this.references.set(place, now);
    return now;
  }
}

function placeOf({ rolloutId, service, region }: RolloutGate, wave: number | null): string {
  return JSON.stringify([rolloutId, service, region, wave]);
}

/** A ruling on data; null when the new build has served too little to judge by. */
function compare(gate: RolloutGate, reference: CellTelemetry | null, given: Options): GateRuling | null {
  const { canary } = gate;
  if (canary === null) return null;
  if (canary.requests < given.minRequests) {
    // Errors speak at once: a wave that mostly fails is not held for want of successes.
    return canary.errors >= given.minErrors && canary.errors * 2 >= canary.requests
      ? {
          ruling: 'roll-back',
          reason: `${canary.errors} of ${canary.requests} requests failed on the new build`,
        }
      : null;
  }
  // Nothing of the old build to compare with, as when a setting changes and the build stays: it is taken for faultless.
  const oldRatio = reference === null ? 0 : errorRatio(reference);
  const failed = `${percentOf(errorRatio(canary))} of ${canary.requests} requests failed on the new build`;
  const failedBefore =
    reference === null ? 'nothing is known of the old one' : `${percentOf(oldRatio)} on the old one`;
  if (canary.errors >= given.minErrors && errorRatio(canary) - oldRatio > given.maxErrorIncrease) {
    return { ruling: 'roll-back', reason: `${failed}, ${failedBefore}` };
  }
  if (reference !== null && isSlower(canary, reference, given)) {
    const [now, before] = [canary, reference].map(({ latencyMsP99 }) => Math.round(latencyMsP99));
    return {
      ruling: 'roll-back',
      reason: `the new build is slower: p99 ${now} ms, ${before} ms on the old one`,
    };
  }
  return { ruling: 'advance', reason: `${failed}, ${failedBefore}` };
}

function isSlower(canary: CellTelemetry, reference: CellTelemetry, given: Options): boolean {
  return (
    canary.latencyMsP99 > reference.latencyMsP99 * given.maxLatencyFactor &&
    canary.latencyMsP99 - reference.latencyMsP99 >= given.minLatencyIncrease
  );
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
