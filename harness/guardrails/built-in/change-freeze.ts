import { z } from 'zod';
import { duration } from '../../scenario/common-schema.ts';
import type { GuardedAction, Remedy } from '../guardrail.ts';
import { defineGuardrail } from '../guardrail.ts';
import { changesProduction } from './support/changes.ts';
import { demandGrants, isSeniorEmergency } from './support/grants.ts';
import { expiresAfter } from './support/options.ts';

const freeze = z.strictObject({
  start: duration.describe('World time at which the freeze begins.'),
  duration: duration.describe('How long it lasts.'),
});

/** Nothing in production changes while it lasts, but for emergencies that a senior person declares and another agrees to. */
export const changeFreeze = defineGuardrail({
  name: 'change-freeze',
  summary: 'Refuses production changes during declared windows, except approved emergencies.',
  options: z.strictObject({
    windows: z.array(freeze).max(100).default([]).describe('Windows of the freeze, in world time.'),
    always: z.boolean().default(false).describe('Frozen all the time.'),
    approvers: z
      .int()
      .min(0)
      .max(10)
      .default(1)
      .describe('Approvals by senior people that an emergency change needs; 0: the record is enough.'),
    expiresAfter,
  }),
  tighten: {
    windows: 'none',
    always: 'up',
    approvers: 'up',
    expiresAfter: 'none',
  },
  create: (options, context) => ({
    decide: action => {
      if (!changesProduction(action)) return { effect: 'allow', reason: 'it changes nothing in production' };
      const endMs = options.always ? null : endOfFreeze(options.windows, context.nowMs());
      if (!options.always && endMs === null) return { effect: 'allow', reason: 'no freeze is on' };
      if (isSeniorEmergency(action)) {
        if (options.approvers === 0)
          return { effect: 'allow', reason: 'a senior person declared an emergency' };
        const demand = {
          count: options.approvers,
          level: 'senior',
          expiresAfterMs: options.expiresAfter,
        } as const;
        return demandGrants(
          action,
          demand,
          'an emergency change during a freeze needs another senior person',
        );
      }
      return {
        effect: 'deny',
        reason: 'changes are frozen; only an emergency that a senior person declares passes',
        remedies: remediesFor(action, endMs),
      };
    },
  }),
});

function remediesFor({ actor }: GuardedAction, endMs: number | null): readonly Remedy[] {
  const wait: readonly Remedy[] = endMs === null ? [] : [{ kind: 'wait', untilMs: endMs }];
  const mayDeclare = actor.kind === 'person' && actor.level === 'senior';
  return mayDeclare ? [...wait, { kind: 'change-record', of: 'emergency' }] : wait;
}

/** When the freeze that is on now is over, adjoining windows taken together; null when none is on. */
function endOfFreeze(
  windows: readonly { readonly start: number; readonly duration: number }[],
  nowMs: number,
): number | null {
  let endMs: number | null = null;
  for (const { start, duration: lastsMs } of [...windows].sort((a, b) => a.start - b.start)) {
    const atMs: number = endMs ?? nowMs;
    if (start <= atMs && atMs < start + lastsMs) endMs = start + lastsMs;
  }
  return endMs;
}
