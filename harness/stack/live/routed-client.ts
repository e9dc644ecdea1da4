import type { Agent } from 'node:http';
import { chooseByWeight, hostOf } from '../routing.ts';
import { keptAgent } from './kept-agent.ts';
import { NO_ROUTES, type Route, type RoutingTable } from './routing-table.ts';
import { sendRequest } from './send-request.ts';

/** Sends requests by a routing table, over real connections: by weight, and not at all where the network is cut. */
export class RoutedClient {
  private readonly unit: () => number;
  private readonly agents = new Map<string, Agent>();
  private table: RoutingTable = NO_ROUTES;
  private closed = false;

  /** @param unit A draw in [0, 1) for each choice. */
  constructor(unit: () => number) {
    this.unit = unit;
  }

  /** Takes up a new table. Connections over a link that is now cut break, with the requests on them. */
  use(table: RoutingTable): void {
    this.table = table;
    for (const target of table.cuts) this.breakOff(target);
  }

  /** Who shall answer for the target; null when nobody takes traffic or the network is cut. */
  choose(target: string): Route | null {
    if (this.closed || this.table.cuts.includes(target)) return null;
    return chooseByWeight(this.table.routes[target] ?? [], this.unit());
  }

  /** Connections to the target. */
  agent(target: string): Agent {
    let agent = this.agents.get(target);
    if (agent === undefined) {
      agent = keptAgent();
      this.agents.set(target, agent);
    }
    return agent;
  }

  /** Sends to the host that the request's URL names. Rejects as fetch does when nothing answers. */
  async fetch(request: Request, signal?: AbortSignal): Promise<Response> {
    const host = hostOf(request.url);
    const route = this.choose(host);
    if (route === null) throw new TypeError(`fetch failed: no route to ${host}`);
    return sendRequest(request, {
      url: route.url,
      host,
      agent: this.agent(host),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /** Breaks every connection off. */
  close(): void {
    this.closed = true;
    for (const target of [...this.agents.keys()]) this.breakOff(target);
  }

  private breakOff(target: string): void {
    this.agents.get(target)?.destroy();
    this.agents.delete(target);
  }
}
