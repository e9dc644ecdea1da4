import type { SlotSpec } from '../../ports/stack.ts';
import type { ContainerEngine } from './engine/container-engine.ts';
import type { Attachment, EngineNetwork } from './engine/container-spec.ts';

/** Who stands at the end of every cable: the containers that networks cannot do without. */
export interface Fixtures {
  /** The region's edge, by which shoppers and the harness come in. */
  edge(region: string): Promise<string>;
  /** The database server of an environment in a region. */
  database(environment: string, region: string): Promise<string>;
  thirdParties(): Promise<string>;
}

/** Somebody whose calls go over cables. */
export interface Caller {
  readonly slot: SlotSpec;
  /** Services and third parties that it calls. */
  readonly dependsOn: readonly string[];
}

interface PluggedCaller extends Caller {
  readonly containerId: string;
  /** Hosts to which it has a cable now. */
  readonly plugged: Set<string>;
}

/** The name by which services know their database server on their own network. */
export const DATABASE_HOST = 'database';

/**
 * The networks of a stack: one for each service of an environment and region, on which are its instances, its callers,
 * its database server and the edge; and one for each third party of a region. To cut a link is to take the caller's
 * containers off the network of the one it calls. Networks are made when somebody needs them.
 */
export class Cabling {
  private readonly engine: ContainerEngine;
  private readonly fixtures: Fixtures;
  private readonly thirdPartyHosts: ReadonlySet<string>;
  private readonly networks = new Map<string, Promise<EngineNetwork>>();
  private readonly callers = new Map<string, PluggedCaller>();
  private readonly cuts = new Set<string>();
  private work: Promise<void> = Promise.resolve();

  constructor(engine: ContainerEngine, fixtures: Fixtures, thirdPartyHosts: ReadonlySet<string>) {
    this.engine = engine;
    this.fixtures = fixtures;
    this.thirdPartyHosts = thirdPartyHosts;
  }

  /** The service's own network, where it answers. */
  home({ environment, region, service }: SlotSpec): Promise<EngineNetwork> {
    return this.once(`${environment}-${service}-${region}`, async network => {
      const [edge, database] = await Promise.all([
        this.fixtures.edge(region),
        this.fixtures.database(environment, region),
      ]);
      await Promise.all([
        this.engine.connect(edge, network, ['edge']),
        this.engine.connect(database, network, [DATABASE_HOST]),
      ]);
    });
  }

  /** Where a new instance is put: its own network, and those of all that it calls, as far as they are not cut off. */
  async attachments(caller: Caller, alias: string): Promise<readonly Attachment[]> {
    const reached = caller.dependsOn.filter(host => !this.isCut(caller, host));
    const [home, ...others] = await Promise.all([
      this.home(caller.slot),
      ...reached.map(host => this.networkOf(caller, host)),
    ]);
    return [{ network: home, aliases: [alias] }, ...others.map(network => ({ network, aliases: [] }))];
  }

  /** Takes note of a container that was started on those networks, and of cuts since then. */
  async plugged(
    id: string,
    containerId: string,
    { caller, networks }: { readonly caller: Caller; readonly networks: readonly Attachment[] },
  ): Promise<void> {
    const names = new Set(networks.map(({ network }) => network.id));
    const plugged = new Set<string>();
    for (const host of caller.dependsOn) {
      if (names.has((await this.networkOf(caller, host)).id)) plugged.add(host);
    }
    this.callers.set(id, { ...caller, containerId, plugged });
    await this.replug();
  }

  unplugged(id: string): void {
    this.callers.delete(id);
  }

  /** Cuts or mends a link in every environment of the region. Resolves when it is done. */
  cut(region: string, from: string, to: string, isCut: boolean): Promise<void> {
    const link = `${region} ${from} ${to}`;
    if (isCut) this.cuts.add(link);
    else this.cuts.delete(link);
    return this.replug();
  }

  /** Brings cables in line with what is cut, one order after the other. */
  private replug(): Promise<void> {
    const next = this.work.then(async () => {
      const due = [...this.callers.values()].flatMap(caller =>
        caller.dependsOn
          .filter(host => this.isCut(caller, host) === caller.plugged.has(host))
          .map(host => this.toggle(caller, host)),
      );
      await Promise.all(due);
    });
    this.work = next.catch(() => undefined);
    return next;
  }

  private async toggle(caller: PluggedCaller, host: string): Promise<void> {
    const network = await this.networkOf(caller, host);
    if (caller.plugged.has(host)) {
      await this.engine.disconnect(caller.containerId, network);
      caller.plugged.delete(host);
    } else {
      await this.engine.connect(caller.containerId, network, []);
      caller.plugged.add(host);
    }
  }

  private isCut({ slot }: Caller, host: string): boolean {
    return this.cuts.has(`${slot.region} ${slot.service} ${host}`);
  }

  private networkOf({ slot }: Caller, host: string): Promise<EngineNetwork> {
    if (!this.thirdPartyHosts.has(host)) return this.home({ ...slot, service: host });
    return this.once(`${host}-${slot.region}`, async network =>
      this.engine.connect(await this.fixtures.thirdParties(), network, [host]),
    );
  }

  private once(role: string, plug: (network: EngineNetwork) => Promise<void>): Promise<EngineNetwork> {
    let network = this.networks.get(role);
    if (network === undefined) {
      network = this.engine.network(role, true).then(async made => {
        await plug(made);
        return made;
      });
      this.networks.set(role, network);
    }
    return network;
  }
}
