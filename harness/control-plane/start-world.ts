import { HarnessError } from '../kernel/errors.ts';
import type { SlotSpec } from '../ports/stack.ts';
import type { Company } from './company.ts';
import { doAll } from './do-all.ts';
import { stableBuild } from './environments.ts';
import { declaredInstances, startInstances, warmInstances, weighEvenly } from './instances.ts';
import { declaredSlots } from './scope.ts';

/**
 * Brings the company up as it is on any morning: every declared slot provisioned, seeded, warm and taking traffic, and
 * backed up once. It is charged to nobody. Throws when a service does not become warm.
 */
export async function startWorld(company: Company): Promise<void> {
  const { world } = company.context;
  const slots = declaredSlots(world);
  const opened = await doAll(
    company.stack,
    slots.map(slot => () => openSlot(company, slot)),
  );
  const started = opened.flat();
  const cold = await warmInstances(company, started);
  if (cold.length > 0) {
    throw new HarnessError('environment', {
      message: `could not start the world: ${cold.join('; ')}`,
      hint: 'Look at the builds that the world starts with: <service>-stable.',
    });
  }
  await doAll(
    company.stack,
    slots.map(
      ({ slot }) =>
        () =>
          company.backups.take(slot, { isAutomatic: true }),
    ),
  );
}

/** Returns the ids of the slot's instances. */
async function openSlot(company: Company, slot: SlotSpec): Promise<readonly string[]> {
  const build = stableBuild(company, slot.service);
  await company.stack.provision(slot, build);
  await company.stack.seed(slot.slot, build);
  const { config } = company.deployments.begin(slot.slot, build, true);
  const count = declaredInstances(company.context.world, slot);
  const ids = await startInstances(company, { slot, build, config, count });
  // Traffic before warmth: a service may call another one while it warms, and no shopper is there yet.
  weighEvenly(company, ids, 1);
  return ids;
}
