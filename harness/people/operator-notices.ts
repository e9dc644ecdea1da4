import type { AuditEntry } from '../ports/control-plane.ts';
import { regionOf } from './region-of.ts';

export interface OwnSessionEffect {
  readonly entry: AuditEntry;
  /** The person whose screen shows it. */
  readonly who: string;
  readonly region: string;
}

/**
 * Destructive effects in production that a person sees done in their own name, one per region. What a change record
 * announced is no surprise; what the runbook does in an incident is meant.
 */
export function noticesOf(
  entries: readonly AuditEntry[],
  regions: readonly string[],
): readonly OwnSessionEffect[] {
  return entries.flatMap(entry => {
    const who = entry.actor.onBehalfOf ?? (entry.actor.kind === 'person' ? entry.actor.id : null);
    const isRepair = entry.door === 'runbook' && entry.actor.kind === 'person';
    if (who === null || isRepair || entry.phase !== 'done' || !entry.destructive || entry.hasChangeRecord)
      return [];
    const touched = new Set(entry.cells.map(regionOf));
    return regions.filter(region => touched.has(region)).map(region => ({ entry, who, region }));
  });
}
