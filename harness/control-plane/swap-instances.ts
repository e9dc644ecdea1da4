import type { ServiceConfig } from '../../fixtures/retail/kit/service.ts';
import type { Build, SlotSpec } from '../ports/stack.ts';
import type { EffectRun } from './effect-run.ts';
import {
  deploymentOf,
  servingInstances,
  startInstances,
  stopInstances,
  warmInstances,
  warmingMs,
  weighEvenly,
} from './instances.ts';

/** What a slot shall run. */
export interface Placement {
  readonly slot: SlotSpec;
  readonly build: Build;
  readonly config: ServiceConfig;
  /** Instances afterwards; as many as now when left out. */
  readonly count?: number;
}

interface Swap extends Placement {
  readonly old: readonly string[];
  readonly fresh: readonly string[];
}

/**
 * Replaces the instances of all the slots at once: start, warm, move the traffic, stop the old ones. Modelled times are
 * charged once, since slots change side by side. `charges: false` is for settings that a running instance would take up.
 * Returns why instances went into service cold; empty when all are warm.
 */
export async function swapInstances(
  run: EffectRun,
  placements: readonly Placement[],
  { charges }: { readonly charges: boolean } = { charges: true },
): Promise<readonly string[]> {
  const { company } = run;
  const { world } = company.context;
  const swaps = await startAll(run, placements);
  const waiting = [...swaps];
  try {
    if (charges) await run.charge('start instances', world.provisioning.instance);
    const services = placements.map(({ slot }) => slot.service);
    if (charges) await run.charge('warm caches', warmingMs(world, services));
    const cold: string[] = [];
    for (const swap of swaps) {
      cold.push(...(await takeOver(run, swap)));
      waiting.shift();
    }
    return cold;
  } catch (error) {
    await stopInstances(
      company,
      waiting.flatMap(({ fresh }) => fresh),
    );
    throw error;
  }
}

async function startAll(run: EffectRun, placements: readonly Placement[]): Promise<readonly Swap[]> {
  const { company } = run;
  const swaps: Swap[] = [];
  try {
    for (const placement of placements) {
      const old = servingInstances(company, placement.slot.slot).map(({ id }) => id);
      const count = placement.count ?? Math.max(1, old.length);
      await company.stack.migrate(placement.slot.slot, placement.build);
      swaps.push({ ...placement, old, fresh: await startInstances(company, { ...placement, count }) });
    }
  } catch (error) {
    await stopInstances(
      company,
      swaps.flatMap(({ fresh }) => fresh),
    );
    throw error;
  }
  return swaps;
}

/** Warms the new instances and gives them the traffic. When the old ones leave them no connection, those go first. */
async function takeOver(run: EffectRun, { slot, old, fresh }: Swap): Promise<readonly string[]> {
  const { company } = run;
  const { inService } = deploymentOf(company, slot.slot);
  run.changed();
  let cold = await warmInstances(company, fresh);
  if (cold.length > 0) {
    await stopInstances(company, old);
    cold = await warmInstances(company, fresh);
  }
  weighEvenly(company, fresh, inService ? 1 : 0);
  await stopInstances(company, old);
  return cold;
}
