import { z } from 'zod';
import { parseResource } from '../../ports/resource.ts';
import type { GuardedAction } from '../guardrail.ts';
import { defineGuardrail } from '../guardrail.ts';
import { putsBack } from './support/changes.ts';
import { demandGrants } from './support/grants.ts';
import { expiresAfter, level, tiers } from './support/options.ts';

/**
 * Protects resources against removal by any verb: it goes by what the control plane says that the action destroys, not
 * by the action's name, so that a replacing plan, a restore over live data or a truncating statement are deletions too.
 */
export const deletionProtection = defineGuardrail({
  name: 'deletion-protection',
  summary:
    'Refuses to destroy protected resources or data without a decommission change record and approvals by people.',
  options: z.strictObject({
    environments: z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(20)
      .default(['production'])
      .describe('Environments whose resources are protected.'),
    tiers,
    tags: z
      .array(z.string().min(1).max(64))
      .max(50)
      .default([])
      .describe('Protects only resources that carry one of these tags; empty: all of them.'),
    approvers: z.int().min(1).max(10).default(2).describe('Approvals needed for a decommission.'),
    level: level.default('senior').describe('Lowest level of an approver.'),
    words: z
      .array(z.string().min(3).max(40))
      .min(1)
      .max(20)
      .default(['decommission', 'retire', 'remove', 'removal', 'delete', 'deletion'])
      .describe('A decommission change record says one of these words, and names the service.'),
    expiresAfter,
  }),
  tighten: {
    environments: 'none',
    tiers: 'up',
    tags: 'down',
    approvers: 'up',
    level: 'up',
    words: 'none',
    expiresAfter: 'none',
  },
  create: options => ({
    decide: action => {
      if (action.footprint.readOnly || !action.footprint.destructive) {
        return { effect: 'allow', reason: 'it destroys nothing' };
      }
      const tagged = options.tags.length === 0 || action.tags.some(tag => options.tags.includes(tag));
      if (
        !options.environments.includes(action.environment) ||
        !options.tiers.includes(action.tier) ||
        !tagged
      ) {
        return { effect: 'allow', reason: 'what it destroys is not protected' };
      }
      if (putsBack(action))
        return { effect: 'allow', reason: 'a senior person puts back what an emergency took' };
      const lack = lackOfRecord(action, options.words);
      if (lack !== null) {
        return {
          effect: 'deny',
          reason: `it would destroy protected resources, and ${lack}`,
          remedies: [{ kind: 'change-record', of: 'normal' }],
        };
      }
      const demand = { count: options.approvers, level: options.level, expiresAfterMs: options.expiresAfter };
      return demandGrants(action, demand, 'a decommission needs the agreement of others');
    },
  }),
});

/** Why the action's change record is none that describes this decommission; null when it is one. */
function lackOfRecord(action: GuardedAction, words: readonly string[]): string | null {
  const record = action.facts.changeRecord;
  if (record === null) return 'no decommission change record is attached';
  const text = record.describes.toLowerCase();
  if (!words.some(word => text.includes(word))) return 'its change record describes no decommission';
  const service = parseResource(action.resource)?.service ?? '*';
  if (service === '*' || !text.includes(service)) return 'its change record does not name the service';
  return null;
}
