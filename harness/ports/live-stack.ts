import type { StartedStack } from './stack.ts';

/** A stack of real servers on real time, beside world time: `local` and `containers`. */
export interface LiveStack extends StartedStack {
  /**
   * Moves the time that services read forward; it then goes on at real pace. Never goes back: an earlier time changes
   * nothing. Service timers that fall due fire. With `regions`, services elsewhere may stay behind
   * until they are moved too.
   */
  setWorldTime(nowMs: number, regions?: readonly string[]): Promise<void>;
  /**
   * Connections open at each database server, by `environment/region`. Shoppers in quick succession hold more of them
   * than the world's own arrivals would: unused ones are given back when the world's time passes the idle timeout.
   */
  connections(): Promise<Readonly<Record<string, number>>>;
  /**
   * Resolves when all that was ordered so far (weights, cuts) is in force at every edge and instance, and all requests
   * answered so far are counted: call it before `scrape` or before reading a `count`. In one process it costs nothing.
   * With `regions`, requests elsewhere may be counted later.
   */
  settle(regions?: readonly string[]): Promise<void>;
  /** Where people and browsers reach each region's shop: a base URL without a trailing slash, by region. */
  edges(): Readonly<Record<string, string>>;
  /** Opens the workplace from which agents ask. Left out where agents have no network of their own. */
  agentSide?(): Promise<AgentSide>;
}

/** A place in the stack that reaches the company's control plane and nothing else. */
export interface AgentSide {
  /**
   * Sends a request from there to the control plane; `serve` is what the control plane does with it. `onArrival` is told
   * when it has arrived, before it is served. Rejects when it gets no answer.
   */
  ask(request: Request, serve: (request: Request) => Promise<Response>): Promise<Response>;
}
