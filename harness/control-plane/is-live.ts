import type { Company } from './company.ts';
import { fullSlotId } from './scope.ts';

/**
 * True when all traffic of the slot goes to ready instances of the build, and its roll-out is over. A roll-back ends
 * that by itself: traffic is with another build then. `pricing/na` means the production slot.
 */
export function isLive(company: Company, slotText: string, build: string): boolean {
  const slot = fullSlotId(slotText);
  if (slot === null) return false;
  const info = company.stack.slots().find(other => other.slot === slot);
  const routed = info?.instances.filter(({ weight }) => weight > 0) ?? [];
  return (
    routed.length > 0 &&
    routed.every(instance => instance.build === build && instance.ready) &&
    company.rollouts.on([slot]).every(({ finished }) => finished.has(slot))
  );
}
