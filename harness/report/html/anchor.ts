import { digestOf } from '../../kernel/digest.ts';

/** An `id` for a scenario that fits into an address, and is its own where the name does not fit. */
export function anchorOf(scenarioId: string): string {
  return /^[a-z0-9-]{1,64}$/.test(scenarioId)
    ? `scenario-${scenarioId}`
    : `scenario-${digestOf(scenarioId).slice(7, 19)}`;
}
