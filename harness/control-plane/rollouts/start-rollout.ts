import type { Footprint } from '../../ports/action.ts';
import type { SlotSpec } from '../../ports/stack.ts';
import type { Company } from '../company.ts';
import { EffectError } from '../effect-error.ts';
import type { EffectRun } from '../effect-run.ts';
import { touching } from '../footprints.ts';
import { buildFor, deploymentOf } from '../instances.ts';
import type { Output, Target } from '../verb.ts';
import { rollOut } from './roll-out.ts';
import { chooseWaves, type WaveWishes } from './waves.ts';

/** The footprint of a roll-out: its first wave is what it reaches at once. */
export function rolloutFootprint(target: Target, asked: WaveWishes, company: Company): Footprint {
  const { waves } = chooseWaves(company, target.door, { asked, narrowed: null });
  return touching(target, company, { rollsOut: true, waveShare: waves[0] ?? 1 });
}

/** Rolls a build out to the target's slots of its service. */
export async function startRollout(
  run: EffectRun,
  target: Target,
  { build: buildId, asked }: { readonly build: string; readonly asked: WaveWishes },
): Promise<Output> {
  const { company, constraints } = run;
  const slots = slotsOfBuild(company, target.slots, buildId);
  const placements = slots.map(slot => ({
    slot,
    build: buildFor(company, buildId, slot.service),
    config: deploymentOf(company, slot.slot).config,
  }));
  const plan = chooseWaves(company, target.door, { asked, narrowed: constraints });
  const end = await rollOut(run, {
    kind: 'rollout',
    placements,
    plan,
    placed: ({ slot, build }) => company.deployments.placed(slot.slot, build),
  });
  return { rolloutId: end.rolloutId, build: buildId, slots: end.slots };
}

/** The slots in which this build can run. */
export function slotsOfBuild(
  company: Company,
  slots: readonly SlotSpec[],
  buildId: string,
): readonly SlotSpec[] {
  const build = company.builds.get(buildId);
  if (build === undefined) throw new EffectError(`there is no build ${buildId}`);
  const own = slots.filter(({ service }) => service === build.service);
  if (own.length === 0)
    throw new EffectError(`${buildId} is a build of ${build.service}, which is not meant here`);
  return own;
}
