import type { RoutingTable } from './routing-table.ts';

/** One request that an instance answered, or did not: as short as it goes, since there are many. */
export interface Served {
  readonly latencyMs: number;
  readonly failed: boolean;
}

/** How the harness steers a running instance: plain data, so that it may go over a wire (`admin-app.ts`). */
export interface InstanceControl {
  route(table: RoutingTable): Promise<void>;
  setWorldTime(nowMs: number): Promise<void>;
  /** Fills the instance's caches. Rejects with the service's own sentence when that fails. */
  warm(): Promise<void>;
  /** Requests served since the last call. */
  drain(): Promise<readonly Served[]>;
  /** Ends the instance; requests in flight get `graceMs` of real time to end. Safe to call twice. */
  stop(graceMs: number): Promise<void>;
}

export interface EdgeCounts {
  readonly requests: number;
  /** Answers 502: nothing took the request, or its connection broke. */
  readonly unanswered: number;
  /** Orders placed: answers 201 to `/api/orders`. */
  readonly orders: number;
}

/** How the harness steers a region's edge. */
export interface EdgeControl {
  route(table: RoutingTable): Promise<void>;
  /** What was counted since the last call. */
  drain(): Promise<EdgeCounts>;
  stop(graceMs: number): Promise<void>;
}
