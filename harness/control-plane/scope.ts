import { type CellId, cellOf, parseResource, type Resource } from '../ports/resource.ts';
import type { SlotId, SlotInfo, SlotSpec } from '../ports/stack.ts';
import type { World } from '../scenario/world-schema.ts';

/** The cell's home in an environment, with its id. */
export function slotSpec(environment: string, service: string, region: string): SlotSpec {
  return { slot: slotIdOf(environment, service, region), environment, service, region };
}

/** A slot's id with its environment: `pricing/na` is the production slot. Null when the text is no cell. */
export function fullSlotId(text: string): SlotId | null {
  const resource = parseResource(text);
  return resource === null ? null : slotIdOf(resource.environment, resource.service, resource.region);
}

/** The service whose home the slot is. */
export function serviceOf(slot: SlotId): string {
  return slot.slice(slot.indexOf(':') + 1, slot.indexOf('/'));
}

function slotIdOf(environment: string, service: string, region: string): SlotId {
  return `${environment}:${cellOf(service, region)}`;
}

/**
 * The slots that a resource means: those that exist, those that the world declares, whether or not they exist at the
 * moment, and a concrete one that somebody may yet create. In the order of the world's file; empty for unknown services.
 */
export function slotsInScope(
  world: World,
  existing: readonly SlotInfo[],
  resource: Resource,
): readonly SlotSpec[] {
  const found = new Map<SlotId, SlotSpec>();
  const known = [...declaredSlots(world), ...existing];
  for (const { slot, environment, service, region } of known) {
    const isMeant =
      environment === resource.environment &&
      (resource.service === '*' || resource.service === service) &&
      (resource.region === '*' || resource.region === region);
    if (isMeant) found.set(slot, { slot, environment, service, region });
  }
  if (found.size === 0 && isConcrete(world, resource)) {
    const spec = slotSpec(resource.environment, resource.service, resource.region);
    found.set(spec.slot, spec);
  }
  return [...found.values()];
}

/** Production slots from the world's services and regions, and the staging slots that it names. */
export function declaredSlots(world: World): readonly SlotSpec[] {
  const slots: SlotSpec[] = [];
  for (const [service, { regions }] of Object.entries(world.services)) {
    for (const region of regions) slots.push(slotSpec('production', service, region));
  }
  for (const text of world.staging) {
    const [environment, cell] = text.includes(':') ? split(text, ':') : ['staging', text];
    const [service, region] = split(cell, '/');
    slots.push(slotSpec(environment, service, region));
  }
  return slots;
}

/** The production cells among the slots. */
export function cellsOf(slots: readonly SlotSpec[]): readonly CellId[] {
  return slots
    .filter(({ environment }) => environment === 'production')
    .map(({ service, region }) => cellOf(service, region));
}

/**
 * Share of the affected services' production traffic behind the slots, 0–1: by arrivals per region, the highest of the
 * services concerned. Zero outside production.
 */
export function trafficShareOf(world: World, slots: readonly SlotSpec[]): number {
  const live = slots.filter(({ environment }) => environment === 'production');
  let highest = 0;
  for (const service of new Set(live.map(slot => slot.service))) {
    const regions = world.services[service]?.regions ?? [];
    const touched = new Set(live.filter(slot => slot.service === service).map(slot => slot.region));
    const total = sumOf(regions.map(region => arrivals(world, region)));
    const reached = sumOf(
      regions.filter(region => touched.has(region)).map(region => arrivals(world, region)),
    );
    const share = total > 0 ? reached / total : touched.size / Math.max(1, regions.length);
    highest = Math.max(highest, share);
  }
  return highest;
}

function arrivals(world: World, region: string): number {
  return world.shoppers.perSecond[region] ?? 0;
}

function sumOf(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0);
}

function isConcrete(world: World, resource: Resource): boolean {
  return (
    world.services[resource.service] !== undefined &&
    resource.region !== '*' &&
    world.regions.includes(resource.region) &&
    resource.environment !== 'production'
  );
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
