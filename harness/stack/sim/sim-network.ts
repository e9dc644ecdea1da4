import type { Clock } from '../../kernel/clock.ts';
import { parseResource } from '../../ports/resource.ts';
import type { RequestCounters } from '../request-counters.ts';
import { chooseByWeight, hostOf } from '../routing.ts';
import type { ServiceInstance } from '../service-instance.ts';
import type { SimSlot } from './sim-slot.ts';

export interface NetworkDeps {
  readonly clock: Clock;
  readonly slots: ReadonlyMap<string, SimSlot>;
  readonly counters: RequestCounters;
  readonly thirdParties: { fetch(request: Request): Promise<Response> };
  readonly thirdPartyHosts: ReadonlySet<string>;
  readonly hopMs: () => number;
  readonly unit: () => number;
}

/** Carries requests between shoppers, services and third parties: a seeded latency per hop, and cuts. */
export class SimNetwork {
  private readonly deps: NetworkDeps;
  private readonly cuts = new Set<string>();

  constructor(deps: NetworkDeps) {
    this.deps = deps;
  }

  cut(region: string, from: string, to: string, isCut: boolean): void {
    const link = `${region} ${from} ${to}`;
    if (isCut) this.cuts.add(link);
    else this.cuts.delete(link);
  }

  /** The outgoing fetch of an instance in `slot`. Rejects as fetch does when nothing answers. */
  outgoing(slot: string): (request: Request) => Promise<Response> {
    const home = parseResource(slot);
    if (home === null) throw new Error(`no slot: ${slot}`);
    return async request => {
      const host = hostOf(request.url);
      await this.deps.clock.sleep(this.deps.hopMs());
      if (this.cuts.has(`${home.region} ${home.service} ${host}`))
        throw new TypeError(`fetch failed: no route to ${host}`);
      if (this.deps.thirdPartyHosts.has(host)) return this.deps.thirdParties.fetch(request);
      return this.deliver(`${home.environment}:${host}/${home.region}`, request);
    };
  }

  /** Delivers to one of the slot's instances by weight. Rejects when there is none. */
  async deliver(slot: string, request: Request): Promise<Response> {
    const instance = chooseByWeight(this.deps.slots.get(slot)?.instances ?? [], this.deps.unit());
    if (instance === null) throw new TypeError(`fetch failed: nothing answers for ${slot}`);
    return this.serve(instance, request);
  }

  /** Lets the instance serve the request, and counts it. */
  async serve(instance: ServiceInstance, request: Request): Promise<Response> {
    const startedMs = this.deps.clock.nowMs();
    let failed = true;
    try {
      const response = await instance.serve(request);
      failed = response.status >= 500;
      return response;
    } finally {
      this.deps.counters.record(
        instance.slot,
        instance.build.id,
        this.deps.clock.nowMs() - startedMs,
        failed,
      );
    }
  }
}
