import type { SlotSpec } from '../ports/stack.ts';
import type { EffectRun } from './effect-run.ts';
import {
  declaredInstances,
  deploymentOf,
  servingInstances,
  startInstances,
  stopInstances,
  warmInstances,
  warmingMs,
  weighEvenly,
} from './instances.ts';

/** Gives each slot exactly so many instances, and ends what was launched there for other work. */
export async function resizeSlots(
  run: EffectRun,
  slots: readonly SlotSpec[],
  instances: number,
): Promise<void> {
  const { company } = run;
  const { world } = company.context;
  const started = new Map<string, readonly string[]>();
  for (const slot of slots) {
    const { build, config } = deploymentOf(company, slot.slot);
    const missing = instances - servingInstances(company, slot.slot).length;
    if (missing <= 0) continue;
    run.changed();
    started.set(slot.slot, await startInstances(company, { slot, build, config, count: missing }));
  }
  if (started.size > 0) {
    await run.charge('start instances', world.provisioning.instance);
    await run.charge(
      'warm caches',
      warmingMs(
        world,
        slots.map(({ service }) => service),
      ),
    );
  }
  for (const spec of slots) {
    const { slot } = spec;
    const deployment = deploymentOf(company, slot);
    await warmInstances(company, started.get(slot) ?? []);
    const ids = servingInstances(company, slot).map(({ id }) => id);
    const doomed = [...ids.slice(instances), ...deployment.launched];
    weighEvenly(company, ids.slice(0, instances), deployment.inService ? 1 : 0);
    if (doomed.length > 0) run.changed();
    await stopInstances(company, doomed);
    deployment.launched.clear();
    deployment.extra = Math.max(0, instances - declaredInstances(world, spec));
  }
}
