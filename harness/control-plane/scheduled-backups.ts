import type { Cancel } from '../kernel/clock.ts';
import type { Company } from './company.ts';

/**
 * Takes a backup of every slot in service each `world.backups.every`, as any company does in every arm. An environment
 * that was never validated is left out, so that its empty database does not push a good backup out.
 */
export function scheduleBackups(company: Company): Cancel {
  const { clock, world } = company.context;
  let cancelNext: Cancel = () => undefined;
  const plan = (): void => {
    cancelNext = clock.at(clock.nowMs() + world.backups.every, () => {
      clock.spawn(() => backUpAll(company));
      plan();
    });
  };
  plan();
  return () => cancelNext();
}

async function backUpAll(company: Company): Promise<void> {
  for (const { slot } of company.stack.slots()) {
    const isScratch = company.deployments.find(slot)?.inService !== true;
    if (isScratch) continue;
    // The slot may have been removed while the one before it was copied; the schedule goes on.
    await company.backups.take(slot, { isAutomatic: true }).catch(() => undefined);
  }
}
