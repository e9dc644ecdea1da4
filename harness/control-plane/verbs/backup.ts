import { z } from 'zod';
import { EffectError } from '../effect-error.ts';
import { LOOKING, touching } from '../footprints.ts';
import { existingSlot } from '../instances.ts';
import { defineVerb, type Verb } from '../verb.ts';

const take = defineVerb({
  name: 'backup.take',
  summary:
    'Takes a backup of each database in scope now. It is a snapshot, and takes no time worth modelling.',
  doors: ['console', 'database-console', 'runbook', 'pipeline'],
  reaches: [],
  params: z.strictObject({}),
  queues: false,
  // It adds a copy and changes nothing that anybody uses.
  footprint: () => LOOKING,
  carryOut: async (target, _params, { company }) => {
    const taken = [];
    for (const { slot } of target.slots) {
      existingSlot(company, slot);
      const { id, takenAtMs } = await company.backups.take(slot, { isAutomatic: false });
      taken.push({ backup: id, slot, takenAtMs });
    }
    return { taken };
  },
});

const remove = defineVerb({
  name: 'backup.delete',
  summary: 'Removes backups of the databases in scope for good.',
  doors: ['console', 'database-console', 'runbook'],
  reaches: ['destroys-data'],
  params: z.strictObject({
    backup: z.string().max(200).default('all').describe('`all`, or the id of a backup.'),
  }),
  queues: false,
  footprint: (target, _params, company) => ({
    ...touching(target, company, { destructive: true }),
    trafficShare: 0,
  }),
  carryOut: async (target, { backup }, run) => {
    let removed = 0;
    for (const { slot } of target.slots) removed += run.company.backups.remove(slot, backup);
    if (removed === 0) throw new EffectError(`there is no backup ${backup} of ${target.resource.text}`);
    run.changed();
    return { removed };
  },
});

export const backupVerbs: readonly Verb[] = [take, remove];
