import { nearestWord } from '../../kernel/nearest.ts';
import { covers, parseResource } from '../../ports/resource.ts';
import type { FilePath } from '../problem.ts';
import type { World } from '../world-schema.ts';
import type { Reporter } from './reporter.ts';

/** A resource names services, regions and staging slots that the world has. */
export function checkResource(report: Reporter, path: FilePath, text: string, world: World): void {
  const resource = parseResource(text);
  if (resource === null) return;
  const slots = slotsOf(world);
  if (slots.some(slot => covers(text, slot))) return;
  report.value(path, {
    code: 'unknown-name',
    task: `find the resource "${text}" in the world`,
    legal: resource.environment === 'production' ? cellsOf(world) : world.staging,
    hint: hintFor(resource, world),
    nearest: nearestWord(text, [...slots, ...patternsOf(world)]),
  });
}

/** Every production cell, `service/region`. */
export function cellsOf(world: World): readonly string[] {
  return Object.entries(world.services).flatMap(([service, { regions }]) =>
    regions.map(region => `${service}/${region}`),
  );
}

function slotsOf(world: World): readonly string[] {
  return [...cellsOf(world), ...world.staging];
}

function patternsOf(world: World): readonly string[] {
  return Object.keys(world.services).map(service => `${service}/*`);
}

function hintFor(
  resource: { readonly environment: string; readonly service: string; readonly region: string },
  world: World,
): string | null {
  if (resource.environment !== 'production') {
    return world.staging.length === 0 ? 'the world has no staging slots' : null;
  }
  const regions = world.services[resource.service]?.regions;
  return regions === undefined ? null : `${resource.service} runs in ${regions.join(' and ')}`;
}
