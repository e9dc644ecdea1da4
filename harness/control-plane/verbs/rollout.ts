import { z } from 'zod';
import { EffectError } from '../effect-error.ts';
import { touching } from '../footprints.ts';
import { rollBack } from '../rollouts/roll-back.ts';
import { rolloutFootprint, startRollout } from '../rollouts/start-rollout.ts';
import { defineVerb, type Verb } from '../verb.ts';
import { waveParams, wishesOf } from '../wave-params.ts';

const start = defineVerb({
  name: 'rollout.start',
  summary: 'Rolls a build out, region by region and wave by wave.',
  doors: ['pipeline', 'console', 'runbook'],
  reaches: ['changes-behaviour', 'changes-data'],
  params: z.strictObject({ build: z.string().max(200).describe('Id of a build.'), ...waveParams }),
  queues: false,
  footprint: (target, params, company) => rolloutFootprint(target, wishesOf(params), company),
  buildOf: (_target, { build }) => build,
  carryOut: (target, params, run) =>
    startRollout(run, target, { build: params.build, asked: wishesOf(params) }),
});

const promote = defineVerb({
  name: 'rollout.promote',
  summary: 'Takes a build that is being rolled out for good, without the rest of its bakes and gates.',
  doors: ['pipeline', 'console', 'runbook'],
  reaches: ['changes-behaviour'],
  params: z.strictObject({}),
  queues: false,
  footprint: (target, _params, company) => touching(target, company),
  buildOf: (target, _params, company) => onlyOne(active(target, company).map(({ build }) => build)),
  carryOut: async (target, _params, run) => {
    const rollouts = active(target, run.company);
    if (rollouts.length === 0)
      throw new EffectError(`nothing is being rolled out to ${target.resource.text}`);
    run.changed();
    for (const { id } of rollouts) run.company.rollouts.promote(id);
    return { promoted: rollouts.map(({ id }) => id) };
  },
});

const rollback = defineVerb({
  name: 'rollout.rollback',
  summary: 'Brings cells back to the build before, however the present one came there.',
  doors: ['pipeline', 'console', 'runbook'],
  reaches: ['changes-behaviour'],
  params: z.strictObject({}),
  queues: false,
  footprint: (target, _params, company) => touching(target, company),
  buildOf: (target, _params, company) =>
    onlyOne(target.slots.map(({ slot }) => company.deployments.find(slot)?.previous.at(-1)?.id)),
  carryOut: async (target, _params, run) => ({
    ...(await rollBack(run, target.slots, run.action.because)),
  }),
});

function active(
  target: Parameters<typeof touching>[0],
  company: Parameters<typeof touching>[1],
): ReturnType<typeof company.rollouts.on> {
  return company.rollouts.on(target.slots.map(({ slot }) => slot));
}

function onlyOne(builds: readonly (string | undefined)[]): string | null {
  const known = new Set(builds.filter(build => build !== undefined));
  return known.size === 1 ? ([...known][0] ?? null) : null;
}

export const rolloutVerbs: readonly Verb[] = [start, promote, rollback];
