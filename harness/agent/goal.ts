import type { ControlPlane } from '../ports/control-plane.ts';
import { parseResource } from '../ports/resource.ts';
import type { SlotInfo } from '../ports/stack.ts';
import type { Goal } from '../scenario/scenario-schema.ts';
import type { World } from '../scenario/world-schema.ts';

export interface GoalView {
  readonly controlPlane: Pick<ControlPlane, 'slots' | 'isLive' | 'configOf'>;
  readonly world: Pick<World, 'services' | 'staging'>;
  /** Reads a slot's data past pools and limits; null when the slot has no database. */
  readonly query: (slot: string, sql: string) => Promise<readonly Readonly<Record<string, unknown>>[] | null>;
}

/** True when the goal holds now, on every slot that its resource covers. A resource that covers nothing meets no goal but `gone`. */
export async function goalMet(goal: Goal, view: GoalView): Promise<boolean> {
  if ('live' in goal) return everySlot(goal.live, view, slot => view.controlPlane.isLive(slot, goal.build));
  if ('instances' in goal) {
    return everySlot(goal.on, view, slot => servingInstances(view, slot) === goal.instances);
  }
  if ('gone' in goal) return slotsOf(goal.gone, view).every(slot => !isThere(view, slot));
  if ('exists' in goal) return everySlot(goal.exists, view, slot => isThere(view, slot));
  if ('config' in goal) {
    return everySlot(goal.on, view, slot => view.controlPlane.configOf(slot)?.[goal.config] === goal.is);
  }
  const slots = slotsOf(goal.on, view);
  for (const slot of slots) {
    const rows = await view.query(slot, goal.query);
    const first = Object.values(rows?.[0] ?? {})[0];
    if (first === undefined || first === null || String(first) !== String(goal.is)) return false;
  }
  return slots.length > 0;
}

function everySlot(resource: string, view: GoalView, holds: (slot: string) => boolean): boolean {
  const slots = slotsOf(resource, view);
  return slots.length > 0 && slots.every(holds);
}

function servingInstances(view: GoalView, slot: string): number {
  const info = view.controlPlane.slots().find(candidate => candidate.slot === slot);
  return info?.instances.filter(({ weight }) => weight > 0).length ?? 0;
}

function isThere(view: GoalView, slot: string): boolean {
  const info = view.controlPlane.slots().find(candidate => candidate.slot === slot);
  return info?.hasDatabase === true && info.instances.length > 0;
}

/** Slots that the resource names: those that are there, and those that the company is meant to have. */
function slotsOf(text: string, view: GoalView): string[] {
  const resource = parseResource(text);
  if (resource === null) return [];
  if (resource.service !== '*' && resource.region !== '*') {
    return [`${resource.environment}:${resource.service}/${resource.region}`];
  }
  const slots = new Set<string>();
  for (const slot of [...meantSlots(view.world), ...view.controlPlane.slots()]) {
    if (
      slot.environment === resource.environment &&
      (resource.service === '*' || resource.service === slot.service) &&
      (resource.region === '*' || resource.region === slot.region)
    ) {
      slots.add(`${slot.environment}:${slot.service}/${slot.region}`);
    }
  }
  return [...slots];
}

function meantSlots(world: GoalView['world']): Pick<SlotInfo, 'environment' | 'service' | 'region'>[] {
  const production = Object.entries(world.services).flatMap(([service, { regions }]) =>
    regions.map(region => ({ environment: 'production', service, region })),
  );
  const staging = world.staging.flatMap(text => parseResource(text) ?? []);
  return [...production, ...staging];
}
