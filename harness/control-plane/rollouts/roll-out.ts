import type { SlotId } from '../../ports/stack.ts';
import { EffectError } from '../effect-error.ts';
import type { EffectRun } from '../effect-run.ts';
import { deploymentOf } from '../instances.ts';
import type { Placement } from '../swap-instances.ts';
import type { ActiveRollout } from './active-rollouts.ts';
import { rollOutCell } from './cell-rollout.ts';
import type { WavePlan } from './waves.ts';

export interface RolloutOrder {
  readonly kind: ActiveRollout['kind'];
  readonly placements: readonly Placement[];
  readonly plan: WavePlan;
  /** Notes in the books that the cell now runs its placement. */
  readonly placed: (placement: Placement) => void;
}

export interface RolloutEnd {
  readonly rolloutId: string;
  readonly slots: readonly SlotId[];
}

/**
 * Rolls out region by region, in the order of the scope, each cell by the waves. Throws when a cell went back: the
 * regions before it keep the new build, those after it never see it.
 */
export async function rollOut(run: EffectRun, order: RolloutOrder): Promise<RolloutEnd> {
  const { company } = run;
  const slots = order.placements.map(({ slot }) => slot.slot);
  for (const slot of slots) deploymentOf(company, slot);
  const build = order.placements[0]?.build.id ?? '';
  const { rollout, end } = company.rollouts.begin({
    id: company.newId('rollout'),
    build,
    slots: new Set(slots),
    kind: order.kind,
  });
  try {
    for (const placement of order.placements) {
      const { slot } = placement.slot;
      const release = await company.locks.acquire([slot], rollout.interruption);
      try {
        rollout.interruption.throwIfAborted();
        await rollOutCell({ run, rollout, plan: order.plan, placement });
        order.placed(placement);
        rollout.finished.add(slot);
      } catch (error) {
        throw new EffectError(backSentence(error, slot, [...rollout.finished]));
      } finally {
        release();
      }
    }
    return { rolloutId: rollout.id, slots: [...rollout.finished] };
  } finally {
    end();
  }
}

function backSentence(error: unknown, slot: SlotId, done: readonly SlotId[]): string {
  const why = error instanceof Error ? error.message : String(error);
  const kept = done.length === 0 ? '' : `; it stays in ${done.join(', ')}`;
  return `the roll-out went back in ${slot}: ${why}${kept}`;
}
