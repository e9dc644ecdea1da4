import type { ServiceConfig } from '../../fixtures/retail/kit/service.ts';
import type { SlotSpec } from '../ports/stack.ts';
import type { Company } from './company.ts';
import type { Push } from './deployments.ts';
import { EffectError } from './effect-error.ts';
import type { EffectRun } from './effect-run.ts';
import { buildFor, deploymentOf } from './instances.ts';
import { interruptRollouts } from './rollouts/roll-back.ts';
import { rollOut } from './rollouts/roll-out.ts';
import { slotsOfBuild } from './rollouts/start-rollout.ts';
import { chooseWaves, isStaged, type WavePlan } from './rollouts/waves.ts';
import { type Placement, swapInstances } from './swap-instances.ts';
import type { Output, Target } from './verb.ts';

/** The key that pins a build instead of setting a value. */
export const BUILD_KEY = 'build';

export type Settings = Readonly<Record<string, string | number | boolean>>;

export interface PushOrder {
  readonly set: Settings;
  /** False for settings that a running instance takes up in no time. */
  readonly charges: boolean;
}

/** Waves that were imposed on this push; null when it goes everywhere at once, as pushes do. */
export function imposedWaves(
  run: Pick<EffectRun, 'company' | 'constraints'>,
  target: Target,
): WavePlan | null {
  const asksNothing = { asked: { waves: [1], bakeMs: 0 }, narrowed: run.constraints };
  const plan = chooseWaves(run.company, target.door, asksNothing);
  return isStaged(plan) ? plan : null;
}

/** Sets keys for all the slots. Instances of all of them are swapped at once, unless guardrails impose waves. */
export async function pushConfig(
  run: EffectRun,
  target: Target,
  { set, charges }: PushOrder,
): Promise<Output> {
  const { company } = run;
  const { [BUILD_KEY]: pin, ...keys } = set;
  const slots = pin === undefined ? target.slots : slotsOfBuild(company, target.slots, String(pin));
  const placements = slots.map(slot => pushPlacement(company, slot, { pin, keys }));
  const plan = imposedWaves(run, target);
  const placed = (placement: Placement): void => notePush(company, placement, { pin, keys });
  if (plan !== null) {
    const end = await rollOut(run, { kind: 'push', placements, plan, placed });
    return { pushed: end.slots, rolloutId: end.rolloutId };
  }
  const release = await company.locks.acquire(slots.map(({ slot }) => slot));
  try {
    const current = slots.map(slot => pushPlacement(company, slot, { pin, keys }));
    const cold = await swapInstances(run, current, { charges });
    for (const placement of current) placed(placement);
    return { pushed: slots.map(({ slot }) => slot), cold };
  } finally {
    release();
  }
}

/** Undoes the last push of each slot that has one. */
export async function revertConfig(run: EffectRun, slots: readonly SlotSpec[]): Promise<Output> {
  const { company } = run;
  const ids = slots.map(({ slot }) => slot);
  const active = company.rollouts.on(ids).filter(({ kind }) => kind === 'push');
  const turned = await interruptRollouts(run, active, run.action.because);
  const release = await company.locks.acquire(ids);
  try {
    const reverted = slots.filter(
      ({ slot }) => !turned.has(slot) && (company.deployments.find(slot)?.pushes.length ?? 0) > 0,
    );
    if (reverted.length === 0 && turned.size === 0) {
      throw new EffectError(`no configuration push is in force on ${ids.join(', ')}`);
    }
    const placements = reverted.map(slot => placementBefore(company, slot));
    if (placements.length > 0) await swapInstances(run, placements);
    for (const placement of placements) noteRevert(company, placement);
    return { reverted: [...turned, ...reverted.map(({ slot }) => slot)] };
  } finally {
    release();
  }
}

interface Change {
  readonly pin: string | number | boolean | undefined;
  readonly keys: Settings;
}

function pushPlacement(company: Company, slot: SlotSpec, { pin, keys }: Change): Placement {
  const { build, config } = deploymentOf(company, slot.slot);
  return {
    slot,
    build: pin === undefined ? build : buildFor(company, String(pin), slot.service),
    config: { ...config, ...keys },
  };
}

function notePush(company: Company, { slot, build, config }: Placement, { pin, keys }: Change): void {
  const deployment = deploymentOf(company, slot.slot);
  const before = Object.fromEntries(Object.keys(keys).map(key => [key, deployment.config[key]]));
  const pinned = pin === undefined || deployment.build.id === build.id ? null : build.id;
  deployment.pushes.push({ before, pinned });
  deployment.config = config;
  company.deployments.placed(slot.slot, build);
}

function lastPush(company: Company, slot: SlotSpec): Push {
  const push = company.deployments.find(slot.slot)?.pushes.at(-1);
  if (push === undefined) throw new EffectError(`no configuration push is in force on ${slot.slot}`);
  return push;
}

function placementBefore(company: Company, slot: SlotSpec): Placement {
  const deployment = deploymentOf(company, slot.slot);
  const push = lastPush(company, slot);
  const previous = deployment.previous.at(-1);
  const isPinned = push.pinned !== null && push.pinned === deployment.build.id && previous !== undefined;
  return {
    slot,
    build: isPinned ? previous : deployment.build,
    config: configBefore(deployment.config, push),
  };
}

function noteRevert(company: Company, { slot, build, config }: Placement): void {
  const deployment = deploymentOf(company, slot.slot);
  deployment.pushes.pop();
  deployment.config = config;
  if (deployment.build.id !== build.id) company.deployments.returned(slot.slot);
}

function configBefore(config: ServiceConfig, push: Push): ServiceConfig {
  const settings = new Map(Object.entries(config));
  for (const [key, value] of Object.entries(push.before)) {
    if (value === undefined) settings.delete(key);
    else settings.set(key, value);
  }
  return Object.fromEntries(settings);
}
