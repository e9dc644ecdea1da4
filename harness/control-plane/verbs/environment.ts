import { z } from 'zod';
import { createEnvironments, deleteEnvironments, restoreEnvironments } from '../environments.ts';
import { LOOKING, touching } from '../footprints.ts';
import { validateEnvironments } from '../validate-environments.ts';
import { defineVerb, type Verb } from '../verb.ts';
import { EVERY_DOOR } from './every-door.ts';

const describe = defineVerb({
  name: 'environment.describe',
  summary: 'Shows what runs in an environment and what is deployed there.',
  doors: EVERY_DOOR,
  reaches: [],
  params: z.strictObject({}),
  queues: false,
  footprint: () => LOOKING,
  carryOut: async (target, _params, { company }) => {
    const wanted = new Set(target.slots.map(({ slot }) => slot));
    return { slots: company.stack.slots().filter(({ slot }) => wanted.has(slot)) };
  },
});

const create = defineVerb({
  name: 'environment.create',
  summary:
    'Makes an environment anew from its template: instances and an empty database, closed to shoppers.',
  doors: ['console', 'runbook'],
  reaches: ['changes-behaviour'],
  params: z.strictObject({
    from: z.literal('template').default('template').describe('What the environment is made from.'),
  }),
  queues: true,
  footprint: (target, _params, company) => touching(target, company),
  carryOut: async (target, _params, run) => {
    await createEnvironments(run, target.slots);
    return { created: target.slots.map(({ slot }) => slot) };
  },
});

const remove = defineVerb({
  name: 'environment.delete',
  summary: 'Removes an environment: its instances, its database and all data in it.',
  doors: ['console', 'runbook'],
  reaches: ['removes-cell', 'destroys-data'],
  params: z.strictObject({
    withBackups: z.boolean().default(false).describe('Removes its backups as well.'),
  }),
  queues: true,
  footprint: (target, _params, company) => touching(target, company, { destructive: true }),
  actsAs: (_target, { withBackups }) => (withBackups ? ['backup.delete'] : []),
  carryOut: async (target, params, run) => {
    await deleteEnvironments(run, target.slots, params);
    return { deleted: target.slots.map(({ slot }) => slot) };
  },
});

const restore = defineVerb({
  name: 'environment.restore',
  summary: "Replaces an environment's data with a backup's.",
  doors: ['console', 'runbook'],
  reaches: ['destroys-data', 'changes-data'],
  params: z.strictObject({
    backup: z.string().max(200).default('newest').describe('`newest`, or the id of a backup.'),
  }),
  queues: true,
  footprint: (target, _params, company) => {
    // What shoppers wrote since the backup is lost, unless the environment has taken none.
    const hasLiveData = target.slots.some(({ slot }) => company.deployments.find(slot)?.inService === true);
    return touching(target, company, { destructive: hasLiveData, reversible: false });
  },
  carryOut: async (target, { backup }, run) => {
    const backups = await restoreEnvironments(run, target.slots, backup);
    return { restored: backups.map(({ id, slot }) => ({ backup: id, slot })) };
  },
});

const validate = defineVerb({
  name: 'environment.validate',
  summary: 'Checks that an environment works and holds its data, and lets shoppers in.',
  doors: ['console', 'runbook', 'pipeline'],
  reaches: ['changes-behaviour'],
  params: z.strictObject({}),
  queues: true,
  footprint: (target, _params, company) => touching(target, company),
  carryOut: async (target, _params, run) => {
    await validateEnvironments(run, target.slots);
    return { validated: target.slots.map(({ slot }) => slot) };
  },
});

export const environmentVerbs: readonly Verb[] = [describe, create, remove, restore, validate];
