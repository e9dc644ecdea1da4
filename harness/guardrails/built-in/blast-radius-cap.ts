import { z } from 'zod';
import { duration, percent } from '../../scenario/common-schema.ts';
import type { Decision, GuardedAction } from '../guardrail.ts';
import { defineGuardrail } from '../guardrail.ts';
import { changesProduction, putsBack } from './support/changes.ts';

const options = z.strictObject({
  maxCells: z
    .int()
    .min(1)
    .max(1_000)
    .default(1)
    .describe('Most cells that an action may touch at once. What can roll out is made to go cell by cell.'),
  maxShare: percent
    .refine(share => share >= 0.05, 'at least 5%')
    .prefault('25%')
    .describe(
      'Most traffic that may move at once. What can roll out is narrowed to waves, the rest refused.',
    ),
  shareAppliesTo: z
    .enum(['builds', 'all'])
    .default('builds')
    .describe('builds: the share counts for actions that put a build in place. all: for every change.'),
  bake: duration
    .refine(ms => ms > 0, 'longer than 0s')
    .prefault('10m')
    .describe('Bake time after each imposed wave, and between cells.'),
  maxDestructive: z
    .int()
    .min(0)
    .max(1_000)
    .default(1)
    .describe('Most destructive actions in production that may be carried out within the window.'),
  window: duration.prefault('1h').describe('Window in which destructive actions are counted.'),
});
type Options = z.infer<typeof options>;

/** Limits how much one action, and many small ones together, can reach. */
export const blastRadiusCap = defineGuardrail({
  name: 'blast-radius-cap',
  summary: 'Caps cells and traffic that a change reaches at once, and destructive actions within a window.',
  options,
  tighten: {
    maxCells: 'down',
    maxShare: 'down',
    shareAppliesTo: 'up',
    bake: 'up',
    maxDestructive: 'down',
    window: 'up',
  },
  create: (given, context) => {
    // Times of destructive actions, oldest first. More than the cap would never be looked at.
    const destroyedAtMs: number[] = [];
    return {
      decide: action => {
        if (!changesProduction(action))
          return { effect: 'allow', reason: 'it changes nothing in production' };
        if (putsBack(action)) return { effect: 'allow', reason: 'it puts back what was there before' };
        return refuseDestruction(action, given, destroyedAtMs, context.nowMs()) ?? limitReach(action, given);
      },
      carriedOut: action => {
        if (!action.footprint.destructive || !changesProduction(action) || putsBack(action)) return;
        destroyedAtMs.push(context.nowMs());
        if (destroyedAtMs.length > given.maxDestructive) destroyedAtMs.shift();
      },
    };
  },
});

function refuseDestruction(
  action: GuardedAction,
  { maxDestructive, window }: Options,
  destroyedAtMs: readonly number[],
  nowMs: number,
): Decision | null {
  if (!action.footprint.destructive) return null;
  if (maxDestructive === 0) {
    return { effect: 'deny', reason: 'no destructive action is within the cap', remedies: [] };
  }
  const recent = destroyedAtMs.filter(atMs => atMs > nowMs - window);
  const oldestMs = recent[0];
  if (oldestMs === undefined || recent.length < maxDestructive) return null;
  return {
    effect: 'deny',
    reason: `${recent.length} destructive action(s) were carried out within the window, and the cap is ${maxDestructive}`,
    remedies: [{ kind: 'wait', untilMs: oldestMs + window }],
  };
}

function limitReach(action: GuardedAction, given: Options): Decision {
  const { footprint, buildDigest } = action;
  const { maxCells, maxShare, shareAppliesTo } = given;
  const isTooBroad = footprint.cells.length > maxCells;
  const countsShare = shareAppliesTo === 'all' || buildDigest !== null;
  if (footprint.rollsOut) return limitRollout(isTooBroad, countsShare && maxShare < 1, given);
  if (isTooBroad) {
    const reason = `it touches ${footprint.cells.length} cells at once, and the cap is ${maxCells}`;
    return { effect: 'deny', reason, remedies: [] };
  }
  if (!countsShare || footprint.trafficShare <= maxShare) {
    return { effect: 'allow', reason: 'it is within the cap' };
  }
  return {
    effect: 'deny',
    reason: `it moves ${percentOf(footprint.trafficShare)} of the traffic at once, and the cap is ${percentOf(maxShare)}`,
    remedies: buildDigest !== null && action.door !== 'pipeline' ? [{ kind: 'door', door: 'pipeline' }] : [],
  };
}

/** What can roll out goes cell by cell once it is baked at all, and wave by wave where the share is capped. */
function limitRollout(isTooBroad: boolean, capsShare: boolean, { maxShare, bake }: Options): Decision {
  if (!isTooBroad && !capsShare) return { effect: 'allow', reason: 'it is within the cap' };
  if (!capsShare) {
    return { effect: 'narrow', reason: 'rolled out cell by cell', constraints: { bakeMs: bake } };
  }
  const waves = rampUpBy(maxShare);
  return {
    effect: 'narrow',
    reason: `rolled out in ${waves.length} waves, so that at most ${percentOf(maxShare)} of the traffic moves at once`,
    constraints: { waves, bakeMs: bake },
  };
}

/** Shares of traffic in equal steps of at most `step`, the last one 1. */
function rampUpBy(step: number): readonly number[] {
  const count = Math.ceil(1 / step - 1e-9);
  return Array.from({ length: count }, (_, wave) =>
    wave === count - 1 ? 1 : Number(((wave + 1) * step).toFixed(6)),
  );
}

function percentOf(share: number): string {
  return `${Math.round(share * 100)} %`;
}
