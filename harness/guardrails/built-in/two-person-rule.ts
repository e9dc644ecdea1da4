import { z } from 'zod';
import { defineGuardrail } from '../guardrail.ts';
import { changesProduction } from './support/changes.ts';
import { demandGrants, isSeniorEmergency } from './support/grants.ts';
import { exemptEmergency, expiresAfter, level, tiers } from './support/options.ts';

/** Nobody changes production alone. Grants by agents, or in a session that is not the approver's own, do not count. */
export const twoPersonRule = defineGuardrail({
  name: 'two-person-rule',
  summary: 'Production changes need approvals by people other than the author and the person it acts for.',
  options: z.strictObject({
    approvers: z.int().min(1).max(10).default(1).describe('Approvals needed besides the author.'),
    level: level.default('junior').describe('Lowest level of an approver.'),
    tiers,
    expiresAfter,
    exemptEmergency,
  }),
  tighten: {
    approvers: 'up',
    level: 'up',
    tiers: 'up',
    expiresAfter: 'none',
    exemptEmergency: 'down',
  },
  create: options => ({
    decide: action => {
      if (!changesProduction(action)) return { effect: 'allow', reason: 'it changes nothing in production' };
      if (!options.tiers.includes(action.tier)) {
        return { effect: 'allow', reason: `tier ${action.tier} is not under the rule` };
      }
      if (options.exemptEmergency && isSeniorEmergency(action)) {
        return { effect: 'allow', reason: 'a senior person declared an emergency; the review follows' };
      }
      const demand = { count: options.approvers, level: options.level, expiresAfterMs: options.expiresAfter };
      return demandGrants(action, demand, 'a production change needs a second person');
    },
  }),
});
