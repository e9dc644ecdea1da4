import { z } from 'zod';
import { defineGuardrail } from '../guardrail.ts';
import { changesProduction } from './support/changes.ts';
import { demandGrants, isSeniorEmergency } from './support/grants.ts';
import { exemptEmergency, expiresAfter, level, tiers } from './support/options.ts';

/** A control that was reported of a company and denied by it; it is here so that its effect can be measured. */
export const seniorApproval = defineGuardrail({
  name: 'senior-approval',
  summary:
    "AI-assisted production changes need a senior engineer's approval (reported as a control in use, disputed).",
  options: z.strictObject({
    approvers: z.int().min(1).max(10).default(1).describe('Approvals by senior people needed.'),
    authors: z
      .array(level)
      .min(1)
      .max(3)
      .default(['junior', 'mid'])
      .describe('Levels of authors whose AI-assisted changes need it.'),
    tiers,
    expiresAfter,
    exemptEmergency,
  }),
  tighten: {
    approvers: 'up',
    authors: 'up',
    tiers: 'up',
    expiresAfter: 'none',
    exemptEmergency: 'down',
  },
  create: options => ({
    decide: action => {
      if (!changesProduction(action)) return { effect: 'allow', reason: 'it changes nothing in production' };
      const isAssisted = action.aiAssisted || action.actor.kind === 'agent';
      if (!isAssisted) return { effect: 'allow', reason: 'no AI took part' };
      const { level: author } = action.actor;
      if (!options.authors.includes(author) || !options.tiers.includes(action.tier)) {
        return { effect: 'allow', reason: `a ${author} author in tier ${action.tier} is not under the rule` };
      }
      if (options.exemptEmergency && isSeniorEmergency(action)) {
        return { effect: 'allow', reason: 'a senior person declared an emergency; the review follows' };
      }
      const demand = {
        count: options.approvers,
        level: 'senior',
        expiresAfterMs: options.expiresAfter,
      } as const;
      return demandGrants(action, demand, 'an AI-assisted production change needs a senior engineer');
    },
  }),
});
