import { z } from 'zod';
import type { SlotId } from '../ports/stack.ts';
import type { Company } from './company.ts';
import { servingInstances } from './instances.ts';
import type { Target } from './verb.ts';

/** The state that a declarative plan asks for. */
export const desiredState = {
  instances: z.int().min(1).max(32).optional().describe('Instances that each slot shall have.'),
  replace: z
    .boolean()
    .default(false)
    .describe('Makes each slot anew, as a change of an immutable field does.'),
  delete: z.boolean().default(false).describe('Each slot shall not be there.'),
};

export interface DesiredState {
  readonly instances?: number | undefined;
  readonly replace: boolean;
  readonly delete: boolean;
}

/** What applying the plan would do to one slot. */
export interface PlannedChange {
  readonly slot: SlotId;
  readonly change: 'none' | 'create' | 'resize' | 'replace' | 'delete';
  readonly instances: number | null;
}

/** Compares what is asked for with what stands. */
export function diffPlan(company: Company, target: Target, desired: DesiredState): readonly PlannedChange[] {
  const standing = new Set(company.stack.slots().map(({ slot }) => slot));
  return target.slots.map(({ slot }) => {
    const instances = desired.instances ?? null;
    const exists = standing.has(slot);
    if (desired.delete) return { slot, change: exists ? 'delete' : 'none', instances: null };
    if (!exists) return { slot, change: 'create', instances };
    if (desired.replace) return { slot, change: 'replace', instances };
    const isSame = instances === null || instances === servingInstances(company, slot).length;
    return { slot, change: isSame ? 'none' : 'resize', instances };
  });
}
