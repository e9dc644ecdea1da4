import { drawMs } from '../kernel/distribution.ts';
import type { Build, SlotSpec } from '../ports/stack.ts';
import type { Backup } from './backups.ts';
import type { Company } from './company.ts';
import { EffectError } from './effect-error.ts';
import type { EffectRun } from './effect-run.ts';
import { buildFor, declaredInstances, existingSlot, startInstances, warmInstances } from './instances.ts';
import { swapInstances } from './swap-instances.ts';

/** Build that a slot starts with, unless something else was deployed to it before. */
export function stableBuild(company: Company, service: string): Build {
  return buildFor(company, `${service}-stable`, service);
}

/** Makes environments anew from their template: instances run, the database is empty, and no shopper is let in. */
export async function createEnvironments(run: EffectRun, slots: readonly SlotSpec[]): Promise<void> {
  const { company } = run;
  const { world } = company.context;
  const standing = new Set(company.stack.slots().map(({ slot }) => slot));
  const existing = slots.find(({ slot }) => standing.has(slot));
  if (existing !== undefined) throw new EffectError(`${existing.slot} exists already`);
  const draws = slots.map(slot => provisioningMs(company, slot));
  await run.charge('provision environment', Math.max(0, ...draws));
  const started: string[] = [];
  for (const slot of slots) {
    const build = company.deployments.find(slot.slot)?.build ?? stableBuild(company, slot.service);
    await company.stack.provision(slot, build);
    run.changed();
    const deployment = company.deployments.begin(slot.slot, build, false);
    deployment.creations++;
    const count = declaredInstances(world, slot);
    started.push(...(await startInstances(company, { slot, build, config: deployment.config, count })));
  }
  await run.charge('start instances', world.provisioning.instance);
  // An empty database may leave nothing to warm; the validation looks again.
  await warmInstances(company, started);
}

/** Removes environments with everything in them. */
export async function deleteEnvironments(
  run: EffectRun,
  slots: readonly SlotSpec[],
  { withBackups }: { readonly withBackups: boolean },
): Promise<void> {
  for (const { slot } of slots) existingSlot(run.company, slot);
  for (const { slot } of slots) {
    await run.company.stack.destroy(slot);
    run.changed();
    if (withBackups) run.company.backups.remove(slot, 'all');
  }
}

/** Replaces the slots' data with a backup's, and restarts what runs on it. */
export async function restoreEnvironments(
  run: EffectRun,
  slots: readonly SlotSpec[],
  which: string,
): Promise<readonly Backup[]> {
  const { company } = run;
  const { throughputPerSecond } = company.context.world.backups;
  for (const { slot } of slots) existingSlot(company, slot);
  const backups = slots.map(({ slot }) => company.backups.wanted(slot, which));
  const largest = Math.max(0, ...backups.map(({ sizeBytes }) => sizeBytes));
  await run.charge('restore data', Math.round((largest / throughputPerSecond) * 1_000));
  for (const backup of backups) {
    await company.stack.restore(backup.slot, backup.dumpId);
    run.changed();
  }
  const placements = slots.map(slot => {
    const deployment = company.deployments.find(slot.slot);
    const build = deployment?.build ?? stableBuild(company, slot.service);
    return {
      slot,
      build,
      config: deployment?.config ?? {},
      count: declaredInstances(company.context.world, slot),
    };
  });
  await swapInstances(run, placements);
  return backups;
}

/** Keyed by slot and count, so that another arm's creation of the same environment draws the same. */
function provisioningMs(company: Company, { slot }: SlotSpec): number {
  const { world, rng } = company.context;
  const { median, variation } = world.provisioning.environment;
  const count = company.deployments.find(slot)?.creations ?? 0;
  const unit = rng.fork('control-plane/provisioning').keyed(`${slot}#${count}`);
  return drawMs({ medianMs: median, variation }, unit);
}
