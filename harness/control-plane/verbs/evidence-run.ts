import { z } from 'zod';
import { planDigest } from '../action-hash.ts';
import { EffectError } from '../effect-error.ts';
import type { EffectRun } from '../effect-run.ts';
import { LOOKING } from '../footprints.ts';
import { rolloutFootprint, slotsOfBuild } from '../rollouts/start-rollout.ts';
import { type EvidenceResult, runLoad, runUnitTests } from '../run-evidence.ts';
import { defineVerb, type Target, type Verb } from '../verb.ts';
import { EVERY_DOOR } from './every-door.ts';

const params = z
  .strictObject({
    kind: z.enum(['unit-tests', 'load-run', 'dry-run']).describe('What is to be run.'),
    build: z.string().max(200).optional().describe('Id of the build that the evidence is of.'),
    of: z
      .strictObject({ verb: z.string().max(64), params: z.record(z.string(), z.unknown()).default({}) })
      .optional()
      .describe('For a dry run of an action that places no build: its verb and params.'),
  })
  .refine(({ kind, build, of }) => build !== undefined || (kind === 'dry-run' && of !== undefined), {
    message: 'the build that the evidence shall be of',
  });
type EvidenceParams = z.infer<typeof params>;

/** Really runs what it says, on scratch instances that are removed afterwards. */
const evidenceRun = defineVerb({
  name: 'evidence.run',
  summary: "Runs a build's unit tests, a load run on a scratch cell, or a dry run, and records the result.",
  doors: EVERY_DOOR,
  reaches: [],
  params,
  queues: false,
  footprint: () => LOOKING,
  buildOf: (_target, { build }) => build ?? null,
  carryOut: async (target, wanted, run) => {
    const { company, action } = run;
    const { evidence } = company.context.world;
    const durationMs = {
      'unit-tests': evidence.unitTests,
      'load-run': evidence.loadRun,
      'dry-run': evidence.dryRun,
    };
    const result = await run.during(wanted.kind, durationMs[wanted.kind], () => produce(target, wanted, run));
    const subject =
      action.buildDigest ?? planDigest(wanted.of?.verb ?? '', target.resource.text, wanted.of?.params ?? {});
    const artefact = company.evidence.record({ kind: wanted.kind, subject, ...result });
    return { artefactId: artefact.id, passed: artefact.passed, detail: artefact.detail };
  },
});

async function produce(
  target: Target,
  wanted: EvidenceParams,
  { company }: EffectRun,
): Promise<EvidenceResult> {
  const { kind, build: id } = wanted;
  if (id === undefined)
    return { passed: true, detail: `touches ${target.slots.map(({ slot }) => slot).join(', ')}` };
  const slots = slotsOfBuild(company, target.slots, id);
  if (kind === 'dry-run') {
    const { cells } = rolloutFootprint({ ...target, slots }, {}, company);
    return { passed: true, detail: `would roll ${id} out to ${cells.join(', ') || 'no production cell'}` };
  }
  const build = company.builds.get(id);
  const region = slots[0]?.region;
  if (build === undefined || region === undefined) throw new EffectError(`there is no build ${id}`);
  return kind === 'unit-tests' ? runUnitTests(company, build, region) : runLoad(company, build, region);
}

export const evidenceVerbs: readonly Verb[] = [evidenceRun];
