import type { SlotId, SlotSpec } from '../../ports/stack.ts';
import { EffectError } from '../effect-error.ts';
import type { EffectRun } from '../effect-run.ts';
import { deploymentOf } from '../instances.ts';
import { type Placement, swapInstances } from '../swap-instances.ts';
import { type ActiveRollout, RolloutInterrupted } from './active-rollouts.ts';

export interface RollbackEnd {
  /** Slots whose roll-out under way was turned round. */
  readonly interrupted: readonly SlotId[];
  /** Slots that run their previous build again. */
  readonly returned: readonly SlotId[];
  readonly cold: readonly string[];
}

/** Brings the slots back to the build before: by turning round what is under way, and by swapping what had been finished. */
export async function rollBack(
  run: EffectRun,
  slots: readonly SlotSpec[],
  reason: string,
): Promise<RollbackEnd> {
  const { company, action } = run;
  const ids = slots.map(({ slot }) => slot);
  const interrupted = await interruptRollouts(run, company.rollouts.on(ids), reason);
  const release = await company.locks.acquire(ids);
  try {
    const placements = slots
      .filter(({ slot }) => !interrupted.has(slot))
      .flatMap(slot => previousPlacement(run, slot));
    if (placements.length === 0 && interrupted.size === 0) {
      throw new EffectError(`there is no earlier build to go back to in ${ids.join(', ')}`);
    }
    const bad = new Map(placements.map(({ slot }) => [slot.slot, deploymentOf(company, slot.slot).build.id]));
    const cold = placements.length === 0 ? [] : await swapInstances(run, placements);
    const rolloutId = company.newId('rollback');
    for (const { slot } of placements) {
      company.deployments.returned(slot.slot);
      company.context.journal.write({
        type: 'rollout-step',
        rolloutId,
        actionId: action.id,
        service: slot.service,
        region: slot.region,
        build: bad.get(slot.slot) ?? '',
        wave: 0,
        trafficShare: 0,
        step: 'rolled-back',
        by: action.actor.id,
        reason,
      });
    }
    return { interrupted: [...interrupted], returned: placements.map(({ slot }) => slot.slot), cold };
  } finally {
    release();
  }
}

/** Turns the roll-outs round and waits until they have; returns the slots that they had not finished. */
export async function interruptRollouts(
  run: EffectRun,
  active: readonly ActiveRollout[],
  reason: string,
): Promise<ReadonlySet<SlotId>> {
  const { company, action } = run;
  const turned = new Set<SlotId>();
  for (const rollout of active) {
    run.changed();
    company.rollouts.interrupt(rollout.id, new RolloutInterrupted(action.actor.id, reason));
    await rollout.ended;
    for (const slot of rollout.slots) {
      if (!rollout.finished.has(slot)) turned.add(slot);
    }
  }
  return turned;
}

function previousPlacement(run: EffectRun, slot: SlotSpec): readonly Placement[] {
  const exists = run.company.stack.slots().some(other => other.slot === slot.slot);
  const deployment = run.company.deployments.find(slot.slot);
  const previous = deployment?.previous.at(-1);
  if (!exists || deployment === undefined || previous === undefined) return [];
  return [{ slot, build: previous, config: deployment.config }];
}
