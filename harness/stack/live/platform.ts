import type { Kysely } from 'kysely';
import type { AgentSide } from '../../ports/live-stack.ts';
import type { Build, SlotSpec, SqlResult } from '../../ports/stack.ts';
import type { EdgeControl, InstanceControl } from './controls.ts';
import type { InstanceOrder } from './instance-order.ts';
import type { Route } from './routing-table.ts';

/** A slot's database, as the harness drives it. */
export interface SlotDatabase {
  /** Kysely past pools and limits: for migrations and first data. */
  readonly direct: Kysely<unknown>;
  /** Runs a statement over an administrator's connection of the database server. */
  sql(statement: string): Promise<SqlResult>;
  /** Reads past pools and limits, with no right to write. */
  observe(query: string): Promise<SqlResult['rows']>;
  /** Keeps a copy of all that is committed; returns its id. The copy survives the database. */
  dump(): Promise<string>;
  /** Replaces everything by the copy's content. Rejects when there is no such copy. */
  restore(dumpId: string): Promise<void>;
  /** Removes the database with everything in it, whoever is connected. */
  drop(): Promise<void>;
}

export interface RunningInstance {
  /** Where edges and other instances of its environment and region reach it. */
  readonly url: string;
  readonly control: InstanceControl;
  /** A request straight to it, past the edge. Rejects as fetch does. */
  call(request: Request): Promise<Response>;
}

export interface OpenEdge {
  /** Where people, browsers and the harness reach it. */
  readonly url: string;
  readonly control: EdgeControl;
}

/** What a live stack is made of: processes, networks and databases, of one kind or another. */
export interface LivePlatform {
  readonly kind: 'local' | 'containers';
  /** Where instances reach third parties, by host name. */
  readonly thirdParties: Readonly<Record<string, readonly Route[]>>;
  openEdge(region: string): Promise<OpenEdge>;
  /** Makes an empty database. */
  createDatabase(slot: SlotSpec): Promise<SlotDatabase>;
  /** Starts an instance that answers requests when the promise resolves. If it cannot, nothing of it is left. */
  startInstance(order: InstanceOrder, build: Build): Promise<RunningInstance>;
  /** Cuts or mends the wire itself between a service and another host of the region, besides what callers are told. */
  cut?(region: string, from: string, to: string, isCut: boolean): Promise<void>;
  /** Opens the workplace from which agents ask. */
  agentSide?(): Promise<AgentSide>;
  /** Connections open at each database server, by `environment/region`. */
  connections(): Promise<Readonly<Record<string, number>>>;
  /** Moves the time of third parties and whatever else the platform runs besides instances. */
  setWorldTime(nowMs: number): Promise<void>;
  /** True when `close` takes instances and databases with it, so that nobody need take them down one by one before. */
  readonly closesAll: boolean;
  /** Removes all that the platform itself made: third parties, dumps, networks. Called once, last. */
  close(): Promise<void>;
  /** Things that `close` could not remove. */
  leftBehind?(): number;
}
