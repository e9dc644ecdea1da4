import { z } from 'zod';
import { DOORS } from '../../ports/action.ts';
import { duration } from '../../scenario/common-schema.ts';
import { EffectError } from '../effect-error.ts';
import { LOOKING } from '../footprints.ts';
import { defineVerb, type Verb } from '../verb.ts';
import { EVERY_DOOR } from './every-door.ts';

const approvalId = z.string().max(200).describe('Id of a request for approval.');

const request = defineVerb({
  name: 'approval.request',
  summary: 'Asks for approval of an action before it is requested; the grants are bound to that very action.',
  doors: EVERY_DOOR,
  reaches: [],
  params: z.strictObject({
    of: z
      .strictObject({
        door: z.enum(DOORS),
        verb: z.string().max(64),
        params: z.record(z.string(), z.unknown()).default({}),
      })
      .describe('The action, on the same resource.'),
    count: z.int().min(1).max(10).default(1).describe('Approvals asked for.'),
    level: z.enum(['junior', 'mid', 'senior']).default('mid').describe('Lowest level of an approver.'),
    expiresAfter: duration.optional().describe("At most the company's own."),
  }),
  queues: false,
  footprint: () => LOOKING,
  carryOut: async (_target, { of, count, level, expiresAfter }, run) => {
    const { company } = run;
    const wanted = run.describe(of);
    if (typeof wanted === 'string') throw new EffectError(wanted);
    const expiresAfterMs = expiresAfter ?? company.context.world.approvals.expireAfter;
    const { id } = company.approvals.open(wanted, { count, level, expiresAfterMs });
    return { approvalId: id };
  },
});

const grant = defineVerb({
  name: 'approval.grant',
  summary: "Grants a request for approval. Never one's own.",
  doors: EVERY_DOOR,
  reaches: ['changes-access'],
  params: z.strictObject({ approvalId }),
  queues: false,
  footprint: () => LOOKING,
  carryOut: async (target, params, run) => {
    const { id, kind, level, session, onBehalfOf } = target.actor;
    const result = run.company.approvals.grant(params.approvalId, { id, kind, level, session, onBehalfOf });
    if (!result.granted) throw new EffectError(`the grant is void: ${result.why}`);
    return { approvalId: params.approvalId, complete: result.complete };
  },
});

const revoke = defineVerb({
  name: 'approval.revoke',
  summary: "Takes one's own grant back, as long as it has not been used.",
  doors: EVERY_DOOR,
  reaches: [],
  params: z.strictObject({ approvalId }),
  queues: false,
  footprint: () => LOOKING,
  carryOut: async (target, params, run) => {
    if (!run.company.approvals.revoke(params.approvalId, target.actor.id)) {
      throw new EffectError(`${target.actor.id} has no grant in force on ${params.approvalId}`);
    }
    return { approvalId: params.approvalId };
  },
});

const changeRecord = defineVerb({
  name: 'change-record.open',
  summary: 'Documents a change before it is made.',
  doors: EVERY_DOOR,
  reaches: [],
  params: z.strictObject({
    kind: z.enum(['normal', 'standard', 'emergency']).default('normal').describe('Kind of change.'),
    describes: z.string().min(1).max(2_000).describe('What is changed and why.'),
  }),
  queues: false,
  footprint: () => LOOKING,
  carryOut: async (target, { kind, describes }, { company }) => {
    const record = company.changeRecords.open(kind, describes, target.actor.id);
    return { changeRecordId: record.id };
  },
});

export const paperworkVerbs: readonly Verb[] = [request, grant, revoke, changeRecord];
