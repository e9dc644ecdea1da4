import { z } from 'zod';
import { EffectError } from '../effect-error.ts';
import { LOOKING, touching } from '../footprints.ts';
import { rolloutFootprint, slotsOfBuild, startRollout } from '../rollouts/start-rollout.ts';
import { defineVerb, type Target, type Verb } from '../verb.ts';
import { waveParams, wishesOf } from '../wave-params.ts';
import { EVERY_DOOR } from './every-door.ts';

const buildId = z.string().max(200).describe('Id of a build.');

const submit = defineVerb({
  name: 'build.submit',
  summary: 'Submits a build, or a new commit of it; approvals given before are void.',
  doors: EVERY_DOOR,
  reaches: [],
  params: z.strictObject({ build: buildId }),
  queues: false,
  footprint: () => LOOKING,
  buildOf: (_target, { build }) => build,
  carryOut: async (target, { build: id }, { company, action }) => {
    slotsOfBuild(company, target.slots, id);
    company.approvals.buildSubmitted(id);
    return { build: id, digest: action.buildDigest };
  },
});

const open = defineVerb({
  name: 'pull-request.open',
  summary: 'Opens a pull request for a build.',
  doors: EVERY_DOOR,
  reaches: [],
  params: z.strictObject({
    build: buildId,
    title: z.string().max(500).default('').describe('What the change is for.'),
  }),
  queues: false,
  footprint: () => LOOKING,
  buildOf: (_target, { build }) => build,
  carryOut: async (target, { build, title }, { company, action }) => {
    slotsOfBuild(company, target.slots, build);
    const request = company.pullRequests.open(build, title, action.actor.id);
    return { pullRequestId: request.id };
  },
});

const mergeParams = z
  .strictObject({
    pullRequestId: z.string().max(200).optional().describe('Id of a pull request.'),
    build: buildId.optional(),
    deploy: z.boolean().default(false).describe('Rolls the build out after the merge.'),
    ...waveParams,
  })
  .refine(({ pullRequestId, build }) => pullRequestId !== undefined || build !== undefined, {
    message: 'a pullRequestId, or the build whose newest open pull request is meant',
  });

const merge = defineVerb({
  name: 'pull-request.merge',
  summary: 'Merges a pull request; with `deploy: true` its build is rolled out.',
  doors: ['pipeline', 'console'],
  reaches: ['changes-behaviour', 'changes-data'],
  params: mergeParams,
  queues: false,
  footprint: (target, params, company) => {
    if (params.deploy) return rolloutFootprint(target, wishesOf(params), company);
    return { ...touching({ ...target, slots: [] }, company), trafficShare: 0 };
  },
  actsAs: (_target, { deploy }) => (deploy ? ['rollout.start'] : []),
  buildOf: (_target, params, company) =>
    company.pullRequests.find({ id: params.pullRequestId, build: params.build })?.build ??
    params.build ??
    null,
  carryOut: async (target, params, run) => mergeAndDeploy(target, params, run),
});

async function mergeAndDeploy(
  target: Target,
  params: z.infer<typeof mergeParams>,
  run: Parameters<typeof startRollout>[0],
): ReturnType<typeof startRollout> {
  const { pullRequests } = run.company;
  const request = pullRequests.find({ id: params.pullRequestId, build: params.build });
  if (request === null || request.merged) {
    const wanted = params.pullRequestId ?? `a build ${params.build}`;
    throw new EffectError(`there is no open pull request ${wanted}`);
  }
  run.changed();
  pullRequests.merge(request.id);
  const merged = { pullRequestId: request.id, build: request.build };
  if (!params.deploy) return merged;
  return {
    ...merged,
    ...(await startRollout(run, target, { build: request.build, asked: wishesOf(params) })),
  };
}

export const buildVerbs: readonly Verb[] = [submit, open, merge];
