import type { SlotSpec } from '../../ports/stack.ts';
import type { RouteChange } from './engine/change-routes.ts';

export interface CablingDeps {
  readonly thirdPartyHosts: ReadonlySet<string>;
  /** Puts a third party on the network of an environment's services in a region; resolves with its address there. */
  readonly thirdPartyOn: (host: string, environment: string, region: string) => Promise<string>;
  /** Changes which addresses a container can reach. */
  readonly block: (containerId: string, change: RouteChange) => Promise<void>;
}

/** A container on the network of its environment and region. */
export interface Plugged {
  readonly slot: SlotSpec;
  /** Services and third parties that it calls. */
  readonly dependsOn: readonly string[];
  readonly containerId: string;
  readonly address: string;
}

interface Caller extends Plugged {
  /** Addresses that it cannot reach now. */
  readonly blocked: Set<string>;
}

/**
 * Who reaches whom among the services of an environment and region, which share a network. To cut a link is to take from
 * the callers' containers the route to every address of the one that is called: new connections are refused by their
 * kernel, and open ones carry nothing any more.
 */
export class Cabling {
  private readonly deps: CablingDeps;
  private readonly plugged = new Map<string, Caller>();
  private readonly cuts = new Set<string>();
  private work: Promise<void> = Promise.resolve();

  constructor(deps: CablingDeps) {
    this.deps = deps;
  }

  /** Brings the third parties that it calls to where a new instance will be. */
  async prepare(slot: SlotSpec, dependsOn: readonly string[]): Promise<void> {
    const hosts = dependsOn.filter(host => this.deps.thirdPartyHosts.has(host));
    await Promise.all(hosts.map(host => this.thirdParty(host, slot)));
  }

  /** Takes note of a container that has started. Resolves when cuts hold for it and towards it. */
  plug(id: string, plugged: Plugged): Promise<void> {
    this.plugged.set(id, { ...plugged, blocked: new Set() });
    return this.bringInLine();
  }

  /** Takes note of one that goes, whose address somebody else may be given. */
  unplug(id: string): void {
    this.plugged.delete(id);
    // Whoever plugs or cuts next hears of an engine that is gone; here nobody waits.
    this.bringInLine().catch(() => undefined);
  }

  /** Cuts or mends a link in every environment of the region. Resolves when it is done. */
  cut(region: string, from: string, to: string, isCut: boolean): Promise<void> {
    const link = linkOf(region, from, to);
    if (isCut) this.cuts.add(link);
    else this.cuts.delete(link);
    return this.bringInLine();
  }

  /** One order after the other. */
  private bringInLine(): Promise<void> {
    const next = this.work.then(async () => {
      await Promise.all([...this.plugged.values()].map(caller => this.bringOneInLine(caller)));
    });
    this.work = next.catch(() => undefined);
    return next;
  }

  private async bringOneInLine(caller: Caller): Promise<void> {
    const due = await this.dueFor(caller);
    const block = [...due].filter(address => !caller.blocked.has(address));
    const open = [...caller.blocked].filter(address => !due.has(address));
    if (block.length + open.length === 0) return;
    await this.deps.block(caller.containerId, { block, open });
    for (const address of block) caller.blocked.add(address);
    for (const address of open) caller.blocked.delete(address);
  }

  /** The addresses of all that it is cut off from. */
  private async dueFor({ slot, dependsOn }: Caller): Promise<ReadonlySet<string>> {
    const hosts = dependsOn.filter(host => this.cuts.has(linkOf(slot.region, slot.service, host)));
    const addresses = await Promise.all(hosts.map(host => this.addressesOf(host, slot)));
    return new Set(addresses.flat());
  }

  private async addressesOf(host: string, slot: SlotSpec): Promise<readonly string[]> {
    if (this.deps.thirdPartyHosts.has(host)) return [await this.thirdParty(host, slot)];
    const { environment, region } = slot;
    return [...this.plugged.values()]
      .filter(other => other.slot.service === host)
      .filter(other => other.slot.environment === environment && other.slot.region === region)
      .map(({ address }) => address);
  }

  private thirdParty(host: string, { environment, region }: SlotSpec): Promise<string> {
    return this.deps.thirdPartyOn(host, environment, region);
  }
}

function linkOf(region: string, from: string, to: string): string {
  return `${region} ${from} ${to}`;
}
