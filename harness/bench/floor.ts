import { Kysely } from 'kysely';
import { LightRequest } from '../../fixtures/retail/kit/light-request.ts';
import type { ServiceApp, ServiceContext } from '../../fixtures/retail/kit/service.ts';
import { createThirdParties, THIRD_PARTY_HOSTS } from '../../fixtures/third-parties/third-parties.ts';
import type { Workspace } from '../cli/workspace.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { sqliteDialect } from '../stack/pooled-dialect.ts';
import { chooseByWeight, publishedService } from '../stack/routing.ts';
import { createSeedCache } from '../stack/sim/seed-cache.ts';
import { createSimSlot, provision, seed } from '../stack/sim/sim-slot.ts';
import type { SqlConnection } from '../stack/sql-connection.ts';
import type { MemoryDatabase } from '../stack/sqlite/memory-database.ts';
import { CARRIED_ID, type Visit } from './record-visits.ts';

export interface FloorTime {
  readonly requests: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Visits that were not answered as in the run, of all. */
  readonly different: number;
}

interface Instance {
  readonly app: ServiceApp;
  readonly weight: number;
}

/**
 * Sends the recorded visits to the same apps one after the other: no virtual time, no pool, no latency, no shoppers, no
 * oracle and no journal. Apps call one another directly, over the same SQL, with as many instances as the world has.
 */
export async function timeFloor(workspace: Workspace, visits: readonly Visit[]): Promise<FloorTime> {
  const shop = new BareShop(workspace);
  await shop.open();
  const replayed = new Map<string, string>();
  const translate = (text: string) => text.replace(CARRIED_ID, id => replayed.get(id) ?? id);
  let different = 0;
  const startedMs = performance.now();
  const startedCpu = process.cpuUsage();
  for (const visit of visits) {
    shop.nowMs = visit.atMs;
    const request = new LightRequest(translate(visit.url), {
      method: visit.method,
      headers: Object.fromEntries(
        Object.entries(visit.headers).map(([name, value]) => [name, translate(value)]),
      ),
      body: visit.body === null ? null : translate(visit.body),
    });
    const path = visit.url.slice(visit.url.indexOf('/', 8)).split('?')[0] ?? '/';
    const response = await shop.send(publishedService(path), visit.region, request);
    const ids = (await response.text()).match(CARRIED_ID) ?? [];
    visit.ids.forEach((id, index) => {
      replayed.set(id, ids[index] ?? id);
    });
    if (response.status !== visit.status) different++;
  }
  const { user, system } = process.cpuUsage(startedCpu);
  const cpuMs = (user + system) / 1_000;
  return { requests: shop.requests, cpuMs, wallMs: performance.now() - startedMs, different };
}

/** The shop's apps over their databases, and nothing between them. */
class BareShop {
  nowMs = 0;
  requests = 0;
  private readonly workspace: Workspace;
  private readonly cells = new Map<string, Instance[]>();
  private ids = 0;
  private draws = 0;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  async open(): Promise<void> {
    const { services } = this.workspace.world.value;
    const parties = createThirdParties({
      clock: { nowMs: () => this.nowMs, sleep: async () => undefined },
      random: () => 0.5,
      latencyMs: { payment: () => 0, carrier: () => 0, model: () => 0 },
      declineShare: this.workspace.world.value.thirdParties.payment.declines,
    });
    for (const [service, { regions, instances, config }] of Object.entries(services)) {
      for (const region of regions) {
        const db = await this.openDatabase(service, region);
        const fetch = (request: Request) => {
          const host = request.url.slice(7, request.url.indexOf('/', 7));
          return THIRD_PARTY_HOSTS.has(host) ? parties.fetch(request) : this.send(host, region, request);
        };
        const started = Array.from({ length: instances }, () => this.start(service, { db, fetch, config }));
        this.cells.set(`${service}/${region}`, started);
        for (const { app } of started) await app.warm();
      }
    }
  }

  async send(service: string, region: string, request: Request): Promise<Response> {
    const instance = chooseByWeight(this.cells.get(`${service}/${region}`) ?? [], this.unit());
    if (instance === null) throw new TypeError(`fetch failed: nothing answers for ${service}/${region}`);
    this.requests++;
    return instance.app.fetch(request);
  }

  /** Evenly spread draws: as random as the choice of an instance needs. */
  private unit(): number {
    return (this.draws++ * 0.618_033_988_749_895) % 1;
  }

  private start(service: string, given: Pick<ServiceContext<unknown>, 'db' | 'fetch' | 'config'>): Instance {
    const app = this.stable(service).definition.create({
      ...given,
      clock: { nowMs: () => this.nowMs, sleep: async () => undefined, at: () => () => undefined },
      random: () => 0.5,
      newId: prefix => `${prefix}-1-${++this.ids}`,
    });
    return { app, weight: 1 };
  }

  private async openDatabase(service: string, region: string): Promise<Kysely<unknown>> {
    const spec = { slot: `production:${service}/${region}`, environment: 'production', service, region };
    const slot = createSimSlot(spec, new VirtualClock());
    const seeds = createSeedCache();
    await provision(slot, this.stable(service), seeds);
    await seed(slot, this.stable(service), seeds);
    const connection = bareConnection(slot.database);
    const source = { acquire: async () => connection, release: () => undefined };
    return new Kysely<unknown>({ dialect: sqliteDialect(source) });
  }

  private stable(service: string) {
    const build = this.workspace.builds.get(`${service}-stable`);
    if (build === undefined) throw new Error(`there is no build ${service}-stable`);
    return build;
  }
}

function bareConnection(database: MemoryDatabase): SqlConnection {
  return {
    run: async (sql, parameters) => database.runNow(sql, parameters),
    begin: async () => undefined,
    commit: async () => undefined,
    rollback: async () => undefined,
    close: () => undefined,
  };
}
