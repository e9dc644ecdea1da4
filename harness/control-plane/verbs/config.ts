import { z } from 'zod';
import { BUILD_KEY, imposedWaves, pushConfig, revertConfig, type Settings } from '../config-pushes.ts';
import { touching } from '../footprints.ts';
import { defineVerb, type Verb } from '../verb.ts';

const setting = z.union([z.string().max(2_000), z.number(), z.boolean()]);

const push = defineVerb({
  name: 'config.push',
  summary: 'Sets configuration keys everywhere in scope at once; the key `build` pins a build.',
  doors: ['configuration', 'runbook'],
  reaches: ['changes-behaviour', 'changes-data'],
  params: z.strictObject({
    set: z
      .record(z.string().min(1).max(200), setting)
      .refine(set => Object.keys(set).length > 0, 'at least one key')
      .describe('Keys and their values.'),
  }),
  queues: false,
  footprint: (target, _params, company) => {
    const plan = imposedWaves({ company, constraints: null }, target);
    return touching(target, company, { rollsOut: true, waveShare: plan?.waves[0] ?? 1 });
  },
  buildOf: (_target, { set }) => pinOf(set),
  carryOut: (target, { set }, run) => pushConfig(run, target, { set, charges: true }),
});

const revert = defineVerb({
  name: 'config.revert',
  summary: 'Undoes the last configuration push in scope.',
  doors: ['configuration', 'runbook'],
  reaches: ['changes-behaviour'],
  params: z.strictObject({}),
  queues: false,
  footprint: (target, _params, company) => touching(target, company),
  carryOut: (target, _params, run) => revertConfig(run, target.slots),
});

const flag = defineVerb({
  name: 'flag.set',
  summary: 'Switches a feature flag everywhere in scope.',
  doors: ['configuration', 'console', 'runbook'],
  reaches: ['changes-behaviour'],
  params: z.strictObject({
    flag: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,99}$/)
      .describe('Name of the flag.'),
    value: setting.describe('What the flag shall be.'),
  }),
  queues: false,
  footprint: (target, _params, company) => touching(target, company, { rollsOut: true }),
  carryOut: (target, params, run) =>
    pushConfig(run, target, { set: { [`flag.${params.flag}`]: params.value }, charges: false }),
});

function pinOf(set: Settings): string | null {
  const pin = set[BUILD_KEY];
  return typeof pin === 'string' ? pin : null;
}

export const configVerbs: readonly Verb[] = [push, revert, flag];
