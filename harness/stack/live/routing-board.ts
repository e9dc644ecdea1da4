import type { SlotSpec } from '../../ports/stack.ts';
import type { Route, RoutingTable } from './routing-table.ts';
import { throwAll } from './run-all.ts';

/** Who is told of routes: an instance or an edge. */
type Told = (table: RoutingTable) => Promise<void>;

interface Member {
  readonly environment: string;
  readonly region: string;
  /** Null: an edge. */
  readonly service: string | null;
  readonly url: string | null;
  readonly tell: Told;
  weight: number;
}

const EDGE_ENVIRONMENT = 'production';

/**
 * Knows who runs where at what weight, and keeps the routing tables of all instances and edges true to it. Orders are
 * taken at once and told in the next turn, many in one table; `settle` waits until all is told.
 */
export class RoutingBoard {
  private readonly thirdParties: Readonly<Record<string, readonly Route[]>>;
  private readonly members = new Map<string, Member>();
  private readonly cuts = new Set<string>();
  private readonly untold = new Set<Member>();
  private telling: Promise<void> | null = null;
  private readonly failures: unknown[] = [];

  constructor(thirdParties: Readonly<Record<string, readonly Route[]>>) {
    this.thirdParties = thirdParties;
  }

  addEdge(region: string, tell: Told): void {
    this.add(`edge ${region}`, {
      environment: EDGE_ENVIRONMENT,
      region,
      service: null,
      url: null,
      tell,
      weight: 0,
    });
  }

  addInstance(id: string, { environment, region, service }: SlotSpec, url: string, tell: Told): void {
    this.add(id, { environment, region, service, url, tell, weight: 0 });
  }

  removeInstance(id: string): void {
    const member = this.members.get(id);
    if (member === undefined) return;
    this.members.delete(id);
    this.untold.delete(member);
    if (member.weight > 0) this.changed(member);
  }

  weigh(id: string, weight: number): void {
    const member = this.members.get(id);
    if (member === undefined || member.weight === weight) return;
    member.weight = weight;
    this.changed(member);
  }

  weightOf(id: string): number {
    return this.members.get(id)?.weight ?? 0;
  }

  cut(region: string, from: string, to: string, isCut: boolean): void {
    const link = `${region} ${from} ${to}`;
    if (isCut) this.cuts.add(link);
    else this.cuts.delete(link);
    for (const member of this.members.values()) {
      if (member.region === region && member.service === from) this.untold.add(member);
    }
    this.tellSoon();
  }

  /** Resolves when everybody who can be told knows all that was ordered so far. */
  async told(): Promise<void> {
    while (this.telling !== null) await this.telling;
  }

  /** The same; rejects when somebody could not be told since the last call. */
  async settle(): Promise<void> {
    await this.told();
    throwAll(this.failures.splice(0), 'could not tell the routes to all that need them');
  }

  private add(id: string, member: Member): void {
    this.members.set(id, member);
    this.untold.add(member);
    this.tellSoon();
  }

  private changed({ environment, region }: Member): void {
    for (const member of this.members.values()) {
      if (member.environment === environment && member.region === region) this.untold.add(member);
    }
    this.tellSoon();
  }

  private tellSoon(): void {
    this.telling ??= Promise.resolve().then(() => this.tellAll());
  }

  private async tellAll(): Promise<void> {
    while (this.untold.size > 0) {
      const members = [...this.untold];
      this.untold.clear();
      const told = await Promise.allSettled(members.map(member => member.tell(this.tableFor(member))));
      for (const [index, result] of told.entries()) {
        const member = members[index];
        const isGone = member === undefined || ![...this.members.values()].includes(member);
        if (result.status === 'rejected' && !isGone) this.failures.push(result.reason);
      }
    }
    this.telling = null;
  }

  private tableFor(of: Member): RoutingTable {
    const routes: Record<string, Route[]> = {};
    for (const { environment, region, service, url, weight } of this.members.values()) {
      if (environment !== of.environment || region !== of.region || service === null || url === null)
        continue;
      if (weight > 0) routes[service] = [...(routes[service] ?? []), { url, weight }];
    }
    const prefix = `${of.region} ${of.service} `;
    const cuts = [...this.cuts]
      .filter(link => link.startsWith(prefix))
      .map(link => link.slice(prefix.length));
    return { routes: of.service === null ? routes : { ...this.thirdParties, ...routes }, cuts };
  }
}
