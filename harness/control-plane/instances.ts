import type { ServiceConfig } from '../../fixtures/retail/kit/service.ts';
import type { Build, InstanceInfo, SlotId, SlotInfo, SlotSpec } from '../ports/stack.ts';
import type { World } from '../scenario/world-schema.ts';
import type { Company } from './company.ts';
import type { Deployment } from './deployments.ts';
import { doAll } from './do-all.ts';
import { EffectError } from './effect-error.ts';

/** The slot as it stands; an error when it does not exist. */
export function existingSlot(company: Company, slot: SlotId): SlotInfo {
  const info = company.stack.slots().find(other => other.slot === slot);
  if (info === undefined) throw new EffectError(`there is no environment ${slot}`);
  return info;
}

/** What is deployed in an existing slot. */
export function deploymentOf(company: Company, slot: SlotId): Deployment {
  existingSlot(company, slot);
  const deployment = company.deployments.find(slot);
  if (deployment === undefined) throw new EffectError(`nothing was ever deployed to ${slot}`);
  return deployment;
}

/** The slot's instances, without those that were launched for other work. */
export function servingInstances(company: Company, slot: SlotId): readonly InstanceInfo[] {
  const launched = company.deployments.find(slot)?.launched;
  return existingSlot(company, slot).instances.filter(({ id }) => launched?.has(id) !== true);
}

/** How many instances a slot has by the world's file: one outside production. */
export function declaredInstances(world: World, { environment, service }: SlotSpec): number {
  return environment === 'production' ? (world.services[service]?.instances ?? 1) : 1;
}

export interface StartOrder {
  readonly slot: SlotSpec;
  readonly build: Build;
  /** Settings on top of the service's own. */
  readonly config: ServiceConfig;
  readonly count: number;
}

/** Starts instances at weight 0; returns their ids. If one cannot start, those started before are stopped. */
export async function startInstances(company: Company, order: StartOrder): Promise<readonly string[]> {
  const { slot, build, count } = order;
  const config = { ...company.context.world.services[slot.service]?.config, ...order.config };
  const ids: string[] = [];
  try {
    const start = async () => {
      ids.push(await company.stack.start({ slot: slot.slot, build, config }));
    };
    await doAll(
      company.stack,
      Array.from({ length: count }, () => start),
    );
  } catch (error) {
    await stopInstances(company, ids);
    throw error;
  }
  return ids;
}

export async function stopInstances(company: Company, ids: readonly string[]): Promise<void> {
  const standing = new Set(company.stack.slots().flatMap(slot => slot.instances.map(({ id }) => id)));
  for (const id of ids) if (standing.has(id)) await company.stack.stop(id);
}

/** Spreads a share of the slot's traffic evenly over the instances. */
export function weighEvenly(company: Company, ids: readonly string[], share: number): void {
  for (const id of ids) company.stack.weigh(id, share / ids.length);
}

/** Warms the instances side by side; returns the reasons of those that did not become warm. */
export async function warmInstances(company: Company, ids: readonly string[]): Promise<readonly string[]> {
  const results = await Promise.allSettled(ids.map(id => company.stack.warm(id)));
  return results.flatMap((result, index) =>
    result.status === 'rejected' ? [`${ids[index]}: ${String(result.reason?.message ?? result.reason)}`] : [],
  );
}

/** Modelled time to fill the caches of one instance; instances warm side by side. */
export function warmingMs(world: World, services: readonly string[]): number {
  const entries = services.map(service => world.services[service]?.cacheEntries ?? 0);
  return Math.round((Math.max(0, ...entries) / world.cacheWarming.entriesPerSecond) * 1_000);
}

/** The build that exists under this id, for this service. */
export function buildFor(company: Company, id: string, service: string): Build {
  const build = company.builds.get(id);
  if (build === undefined) throw new EffectError(`there is no build ${id}`);
  if (build.service !== service)
    throw new EffectError(`${id} is a build of ${build.service}, not of ${service}`);
  return build;
}
