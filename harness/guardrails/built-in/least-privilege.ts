import { z } from 'zod';
import { DOORS } from '../../ports/action.ts';
import { covers, parseResource } from '../../ports/resource.ts';
import type { GuardedAction, Remedy } from '../guardrail.ts';
import { defineGuardrail } from '../guardrail.ts';
import { coversVerb } from './support/verb-pattern.ts';

const grant = z.strictObject({
  verbs: z.array(z.string().min(1).max(64)).min(1).max(100).describe('Verbs, or families of them: rollout.*'),
  resources: z
    .array(z.string().refine(text => parseResource(text) !== null, 'a resource such as pricing/na or *'))
    .min(1)
    .max(100)
    .default(['*'])
    .describe('Production resources, or patterns of them.'),
  doors: z
    .array(z.enum(DOORS))
    .min(1)
    .default([...DOORS])
    .describe('Doors by which it may come.'),
});

const DELIVERY_AGENT: z.input<typeof grant>[] = [
  {
    verbs: [
      'environment.describe',
      'plan.dry-run',
      'build.submit',
      'pull-request.*',
      'change-record.*',
      'evidence.run',
      'approval.request',
    ],
  },
  { verbs: ['rollout.*'], doors: ['pipeline'] },
];

/**
 * What an agent may do in production is its own, whoever's session it acts in: a role that it inherited, borrowed or
 * broke glass for adds nothing to it.
 */
export const leastPrivilege = defineGuardrail({
  name: 'least-privilege',
  summary: 'Holds agents to a scope of their own in production, whatever roles their session carries.',
  options: z.strictObject({
    allow: z
      .array(grant)
      .max(50)
      .prefault(DELIVERY_AGENT)
      .describe('What agents may do in production. Default: what delivering a build needs.'),
    owners: z
      .array(z.string().min(1).max(64))
      .max(50)
      .default([])
      .describe('Only services of these owner groups; empty: of any.'),
    open: z
      .array(z.string().min(1).max(64))
      .max(20)
      .default(['staging'])
      .describe('Environments in which agents may do anything that their roles permit.'),
  }),
  tighten: {
    allow: [DELIVERY_AGENT, []],
    owners: 'none',
    open: 'down',
  },
  create: options => ({
    decide: action => {
      if (action.actor.kind !== 'agent') return { effect: 'allow', reason: 'it is no agent that asks' };
      if (action.footprint.readOnly) return { effect: 'allow', reason: 'it changes nothing' };
      if (options.open.includes(action.environment)) {
        return { effect: 'allow', reason: `agents may change ${action.environment} freely` };
      }
      const isOwned = options.owners.length === 0 || options.owners.includes(action.owner);
      const permits = (door: GuardedAction['door']) =>
        isOwned &&
        options.allow.some(
          ({ verbs, resources, doors }) =>
            doors.includes(door) &&
            verbs.some(verb => coversVerb(verb, action.verb)) &&
            resources.some(pattern => reaches(pattern, action.resource)),
        );
      if (permits(action.door)) return { effect: 'allow', reason: "it is within the agent's own scope" };
      const remedies: readonly Remedy[] = DOORS.filter(permits).map(door => ({ kind: 'door', door }));
      return { effect: 'deny', reason: refusal(action), remedies };
    },
  }),
});

/** Scratch environments of evidence runs and the like carry another name; patterns speak of services and regions. */
function reaches(pattern: string, resource: string): boolean {
  if (pattern === '*') return true;
  return covers(pattern, resource);
}

function refusal(action: GuardedAction): string {
  const whose = {
    own: 'its own session',
    inherited: 'a session inherited from the person it acts for',
    borrowed: "somebody else's session",
    'break-glass': 'an emergency session',
  }[action.actor.session];
  return `the verb at the ${action.door} door is outside the agent's own scope; it came in ${whose}, which adds nothing`;
}
