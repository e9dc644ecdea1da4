import type { ArmRecord } from './arm-record.ts';
import { mistakeActions } from './mistake.ts';

/** Who made the mistake, and what was asked of them. */
export interface Doer {
  readonly id: string;
  readonly kind: 'agent' | 'person' | 'automation' | 'guardrail';
  readonly onBehalfOf: string | null;
  /** The task that was given, in its words. */
  readonly task: string;
}

/** Read from the first arm in which a step was tried; null when none was in any of them. */
export function doerOf(records: readonly (ArmRecord | undefined)[]): Doer | null {
  for (const record of records) {
    const first = record === undefined ? undefined : mistakeActions(record)[0];
    if (first === undefined) continue;
    const { actor, task } = first.requested.action;
    return { id: actor.id, kind: actor.kind, onBehalfOf: actor.onBehalfOf, task };
  }
  return null;
}
