import type { Clock } from '../../kernel/clock.ts';
import type { World } from '../../scenario/world-schema.ts';
import type { ContainerEngine } from './engine/container-engine.ts';
import type { Attachment, EngineNetwork, RunningContainer } from './engine/container-spec.ts';
import {
  type EdgeSettings,
  type GateSettings,
  PORT,
  READY,
  type ServiceSettings,
  settingsFor,
  type ThirdPartySettings,
} from './inside/settings.ts';
import type { Programs } from './programs.ts';
import { type RegionGate, regionGate } from './region-gate.ts';
import { RegionServer, startServerContainer } from './region-server.ts';

export interface StandingDeps {
  readonly real: Clock;
  readonly engine: ContainerEngine;
  readonly programs: Programs;
  /** Tags of our images. */
  readonly images: { readonly runtime: string; readonly postgres: string };
  readonly world: World;
  /** Of all chance in the stack. */
  readonly seed: string;
  /** Of everything that listens in the stack: whoever has it may steer. */
  readonly secret: string;
}

export interface StandingEdge {
  readonly containerId: string;
  readonly url: string;
  readonly gate: RegionGate;
}

export interface StandingServer {
  readonly containerId: string;
  readonly server: RegionServer;
}

interface StandingParty {
  readonly containerId: string;
  /** Its address for the harness, through the first region's gate. */
  readonly address: string;
}

const MEMORY_BYTES = 160e6;
/** Half of a container's memory for JavaScript's heap, so that it collects garbage in time. */
const HEAP = '--max-old-space-size=80';
const MAIN = '/srv/main.mjs';

/**
 * What a stack of containers stands on, each made when it is first needed and once: a region's edge, the network and the
 * database server of an environment in a region, the third parties.
 */
export class Standing {
  private readonly deps: StandingDeps;
  private readonly networks = new Map<string, Promise<EngineNetwork>>();
  private readonly homes = new Map<string, Promise<EngineNetwork>>();
  private readonly edges = new Map<string, Promise<StandingEdge>>();
  private readonly all = new Map<string, Promise<StandingServer>>();
  private readonly parties = new Map<string, Promise<StandingParty>>();
  private readonly visits = new Map<string, Promise<string>>();
  private dumps: Promise<string> | null = null;

  constructor(deps: StandingDeps) {
    this.deps = deps;
  }

  /** Publishes the shop and the gate, and nothing else is published. */
  edge(region: string): Promise<StandingEdge> {
    return once(this.edges, region, async () => {
      const { seed, secret: token, programs, real } = this.deps;
      const settings = { seed: `${seed}/stack/edge/${region}`, token };
      const [program, street] = await Promise.all([programs.edge(), this.network('street', false)]);
      const edge = await this.run({
        role: `edge/${region}`,
        program,
        settings,
        networks: [{ network: street, aliases: [] }],
        publish: [PORT.service, PORT.gate],
      });
      return {
        containerId: edge.id,
        url: `http://127.0.0.1:${edge.ports.get(PORT.service)}`,
        gate: regionGate({ port: edge.ports.get(PORT.gate) ?? 0, token, real }),
      };
    });
  }

  /** The network of an environment's services in a region, with no way out; the region's edge is on it. */
  home(environment: string, region: string): Promise<EngineNetwork> {
    return once(this.homes, `${environment}/${region}`, async () => {
      const [edge, network] = await Promise.all([
        this.edge(region),
        this.network(`${environment}-${region}`, true),
      ]);
      await this.deps.engine.connect(edge.containerId, network, ['edge']);
      return network;
    });
  }

  server(environment: string, region: string): Promise<StandingServer> {
    return once(this.all, `${environment}/${region}`, async () => {
      const { engine, images, world, secret: password, real } = this.deps;
      const role = `database-${environment}-${region}`;
      const [edge, network, dumps] = await Promise.all([
        this.edge(region),
        this.home(environment, region),
        this.dumpVolume(),
      ]);
      const { connectionLimit } = world.database;
      const order = { role, image: images.postgres, network, password, connectionLimit, dumps };
      const { containerId, address } = await startServerContainer(engine, order);
      const name = `${environment}/${region}`;
      const server = new RegionServer({
        ...{ engine, gate: edge.gate, name, containerId, address, password, real },
      });
      await server.prepare();
      return { containerId, server };
    });
  }

  /** Puts a third party on the network of an environment's services in a region, under its own name; returns its address there. */
  thirdPartyOn(host: string, environment: string, region: string): Promise<string> {
    return once(this.visits, `${host} ${environment}/${region}`, async () => {
      const { engine } = this.deps;
      const [party, network] = await Promise.all([this.thirdParty(host), this.home(environment, region)]);
      await engine.connect(party.containerId, network, [host]);
      return engine.addressOn(party.containerId, network);
    });
  }

  /** All third parties that there are by now. */
  thirdParties(): Promise<readonly StandingParty[]> {
    return Promise.all(this.parties.values());
  }

  /** Through whose gate the third parties are steered. */
  firstEdge(): Promise<StandingEdge> {
    return this.edge(this.deps.world.regions[0] ?? '');
  }

  /** All database servers that there are by now. */
  servers(): Promise<readonly StandingServer[]> {
    return Promise.all(this.all.values());
  }

  /** Ends the harness's own connections; the containers go with the run. */
  async letGo(): Promise<void> {
    for (const edge of await Promise.allSettled(this.edges.values())) {
      if (edge.status === 'fulfilled') edge.value.gate.agent.destroy();
    }
  }

  /** Starts one of our programs from the runtime image. */
  async run(order: ProgramOrder): Promise<RunningContainer> {
    const { engine, images } = this.deps;
    const [started] = await engine.start([
      {
        role: order.role,
        image: images.runtime,
        networks: order.networks,
        command: [HEAP, MAIN],
        files: [{ from: order.program, to: MAIN }],
        env: settingsFor(order.settings),
        memoryBytes: MEMORY_BYTES,
        readyLog: new RegExp(`\\b${READY}$`, 'm'),
        ...(order.publish === undefined ? {} : { publish: order.publish }),
      },
    ]);
    return started as RunningContainer;
  }

  /** Each is a company of its own, in a container of its own. */
  private thirdParty(host: string): Promise<StandingParty> {
    return once(this.parties, host, async () => {
      const { programs, world, seed, secret: token } = this.deps;
      const [program, network] = await Promise.all([programs.thirdParties(), this.outside()]);
      const { thirdParties } = world;
      const settings = { figures: { thirdParties }, seed, worldNowMs: 0, token };
      const role = `third-party/${host}`;
      const party = await this.run({ role, program, settings, networks: [{ network, aliases: [] }] });
      return { containerId: party.id, address: addressOn(party, network) };
    });
  }

  /** Where the third parties are at home, and the harness comes to see them. */
  private outside(): Promise<EngineNetwork> {
    return once(this.homes, 'third-parties', async () => {
      const [edge, network] = await Promise.all([this.firstEdge(), this.network('third-parties', true)]);
      await this.deps.engine.connect(edge.containerId, network, ['edge']);
      return network;
    });
  }

  private dumpVolume(): Promise<string> {
    this.dumps ??= this.deps.engine.volume('dumps');
    return this.dumps;
  }

  /** A network that everybody in the stack may ask for by its role. */
  network(role: string, isInternal: boolean): Promise<EngineNetwork> {
    return once(this.networks, role, () => this.deps.engine.network(role, isInternal));
  }
}

export interface ProgramOrder {
  readonly role: string;
  /** Path of the bundle. */
  readonly program: string;
  readonly settings: ServiceSettings | EdgeSettings | ThirdPartySettings | GateSettings;
  readonly networks: readonly Attachment[];
  readonly publish?: readonly number[];
}

/** The container's address on one of its networks. */
export function addressOn(container: RunningContainer, network: EngineNetwork | undefined): string {
  return container.addresses.get(network?.name ?? '') ?? '';
}

function once<Thing>(
  made: Map<string, Promise<Thing>>,
  key: string,
  make: () => Promise<Thing>,
): Promise<Thing> {
  let thing = made.get(key);
  if (thing === undefined) {
    thing = make();
    made.set(key, thing);
  }
  return thing;
}
