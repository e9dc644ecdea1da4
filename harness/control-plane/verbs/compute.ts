import { z } from 'zod';
import { touching } from '../footprints.ts';
import { deploymentOf, servingInstances, startInstances, warmInstances, warmingMs } from '../instances.ts';
import { resizeSlots } from '../resize.ts';
import { swapInstances } from '../swap-instances.ts';
import { defineVerb, type Verb } from '../verb.ts';

const launch = defineVerb({
  name: 'compute.launch',
  summary: 'Starts instances for other work than serving shoppers. They take capacity, never traffic.',
  doors: ['console', 'runbook'],
  reaches: ['takes-capacity'],
  params: z.strictObject({
    units: z.int().min(1).max(64).describe('Instances per cell.'),
    purpose: z.string().min(1).max(200).describe('What they are for.'),
  }),
  queues: true,
  footprint: (target, _params, company) => ({ ...touching(target, company), trafficShare: 0 }),
  carryOut: async (target, { units }, run) => {
    const launched: string[] = [];
    for (const slot of target.slots) {
      const deployment = deploymentOf(run.company, slot.slot);
      const { build, config } = deployment;
      run.changed();
      const ids = await startInstances(run.company, { slot, build, config, count: units });
      for (const id of ids) deployment.launched.add(id);
      launched.push(...ids);
    }
    await run.charge('start instances', run.company.context.world.provisioning.instance);
    return { launched };
  },
});

const resize = defineVerb({
  name: 'compute.resize',
  summary: 'Gives each cell in scope so many instances, and ends what was launched there for other work.',
  doors: ['pipeline', 'console', 'runbook'],
  reaches: ['takes-capacity', 'changes-behaviour'],
  params: z.strictObject({ instances: z.int().min(1).max(32).describe('Instances per cell.') }),
  queues: true,
  footprint: (target, _params, company) => touching(target, company),
  carryOut: async (target, { instances }, run) => {
    await resizeSlots(run, target.slots, instances);
    return { resized: target.slots.map(({ slot }) => slot), instances };
  },
});

const restart = defineVerb({
  name: 'instances.restart',
  summary: 'Replaces the instances in scope with fresh ones of the same build and settings.',
  doors: ['console', 'runbook'],
  reaches: ['changes-behaviour'],
  params: z.strictObject({}),
  queues: true,
  footprint: (target, _params, company) => touching(target, company),
  carryOut: async (target, _params, run) => {
    const placements = target.slots.map(slot => {
      const { build, config } = deploymentOf(run.company, slot.slot);
      return { slot, build, config };
    });
    return { restarted: target.slots.map(({ slot }) => slot), cold: await swapInstances(run, placements) };
  },
});

const warm = defineVerb({
  name: 'cache.warm',
  summary: 'Fills the caches of the instances in scope anew.',
  doors: ['console', 'runbook'],
  reaches: [],
  params: z.strictObject({}),
  queues: true,
  footprint: (target, _params, company) => touching(target, company),
  carryOut: async (target, _params, run) => {
    const { company } = run;
    const ids = target.slots.flatMap(({ slot }) => servingInstances(company, slot).map(({ id }) => id));
    const services = target.slots.map(({ service }) => service);
    await run.charge('warm caches', warmingMs(company.context.world, services));
    run.changed();
    return { warmed: ids.length, cold: await warmInstances(company, ids) };
  },
});

export const computeVerbs: readonly Verb[] = [launch, resize, restart, warm];
