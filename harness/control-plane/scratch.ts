import type { Build, SlotSpec } from '../ports/stack.ts';
import type { Company } from './company.ts';
import { stableBuild } from './environments.ts';
import { startInstances, warmInstances, weighEvenly } from './instances.ts';
import { slotSpec } from './scope.ts';

export interface ScratchOrder {
  readonly build: Build;
  readonly region: string;
  readonly instances: number;
}

/**
 * Sets up a scratch environment of its own with the build and the services it calls, seeded and taking requests, lets the
 * work use it, and removes it whatever happened.
 */
export async function withScratchCell<T>(
  company: Company,
  order: ScratchOrder,
  work: (slot: SlotSpec) => Promise<T>,
): Promise<T> {
  const environment = company.newId('scratch');
  const made: SlotSpec[] = [];
  try {
    const builds = [...dependenciesOf(company, order.build), order.build];
    for (const build of builds) {
      const slot = slotSpec(environment, build.service, order.region);
      await company.stack.provision(slot, build);
      made.push(slot);
      await company.stack.seed(slot.slot, build);
      const count = build === order.build ? order.instances : 1;
      const ids = await startInstances(company, { slot, build, config: {}, count });
      weighEvenly(company, ids, 1);
      await warmInstances(company, ids);
    }
    return await work(slotSpec(environment, order.build.service, order.region));
  } finally {
    for (const { slot } of made.reverse()) await company.stack.destroy(slot);
  }
}

/** Gives the work an empty scratch database of the build's schema, and removes it whatever happened. */
export async function withScratchDatabase<T>(
  company: Company,
  { build, region }: Pick<ScratchOrder, 'build' | 'region'>,
  work: (slot: SlotSpec) => Promise<T>,
): Promise<T> {
  const slot = slotSpec(company.newId('scratch'), build.service, region);
  await company.stack.provision(slot, build);
  try {
    return await work(slot);
  } finally {
    await company.stack.destroy(slot.slot);
  }
}

/** Stable builds of the services that the build calls, directly or not, callees first. Third parties are no services. */
function dependenciesOf(company: Company, build: Build): readonly Build[] {
  const found = new Map<string, Build>();
  const visit = (of: Build): void => {
    for (const service of of.definition.dependsOn) {
      const isService = company.context.world.services[service] !== undefined;
      if (!isService || service === build.service || found.has(service)) continue;
      const callee = stableBuild(company, service);
      found.set(service, callee);
      visit(callee);
    }
  };
  visit(build);
  return [...found.values()].reverse();
}
