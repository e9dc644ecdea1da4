import { z } from 'zod';
import { touching } from '../footprints.ts';
import { existingSlot } from '../instances.ts';
import { defineVerb, type Verb } from '../verb.ts';

const cut = defineVerb({
  name: 'network.cut',
  summary: 'Cuts, or mends, the network between the services in scope and another service or a third party.',
  doors: ['console', 'runbook'],
  reaches: ['changes-behaviour'],
  params: z.strictObject({
    to: z.string().min(1).max(64).describe('A service or a third party.'),
    cut: z.boolean().default(true).describe('False mends it.'),
  }),
  queues: false,
  footprint: (target, _params, company) => touching(target, company),
  carryOut: async (target, params, run) => {
    for (const { slot } of target.slots) existingSlot(run.company, slot);
    for (const { region, service } of target.slots) {
      run.company.stack.cut(region, service, params.to, params.cut);
      run.changed();
    }
    return { cut: params.cut, from: target.slots.map(({ slot }) => slot), to: params.to };
  },
});

export const networkVerbs: readonly Verb[] = [cut];
