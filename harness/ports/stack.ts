import type { AnyService, ServiceConfig } from '../../fixtures/retail/kit/service.ts';
import type { CellTelemetry } from './telemetry.ts';

/** A cell's home: `production:pricing/na` or `staging:pricing/na`. Always written with its environment. */
export type SlotId = string;

export interface SlotSpec {
  readonly slot: SlotId;
  readonly environment: string;
  readonly service: string;
  readonly region: string;
}

/** A build ready to start: code plus the identity that the journal carries. */
export interface Build {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  readonly digest: string;
  readonly definition: AnyService;
  /** The file that exports the definition as `service`: what a process of its own is made of. Left out where none is. */
  readonly entry?: string;
}

export interface InstanceSpec {
  readonly slot: SlotId;
  readonly build: Build;
  readonly config: ServiceConfig;
}

export interface InstanceInfo {
  readonly id: string;
  readonly slot: SlotId;
  readonly build: string;
  /** Share of the slot's traffic at the edge, as a weight ≥ 0. */
  readonly weight: number;
  readonly ready: boolean;
}

export interface SlotInfo extends SlotSpec {
  readonly hasDatabase: boolean;
  readonly instances: readonly InstanceInfo[];
}

export interface SqlResult {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly changed: number;
}

type StackKind = 'sim' | 'local' | 'containers';

/** The world's machinery, as the control plane drives it. Effects are real and immediate; their modelled durations are charged by the control plane. */
export interface StartedStack {
  readonly kind: StackKind;
  /** Makes an empty, migrated database for the slot. Fails when there is one. */
  provision(slot: SlotSpec, build: Build): Promise<void>;
  /** Removes the slot's instances, its database and everything in it. */
  destroy(slot: SlotId): Promise<void>;
  /** Runs the build's pending migrations in the slot's database. */
  migrate(slot: SlotId, build: Build): Promise<void>;
  /** Fills an empty database with the company's first data. */
  seed(slot: SlotId, build: Build): Promise<void>;
  /** Starts one instance with weight 0, not warm. */
  start(instance: InstanceSpec): Promise<string>;
  /** Fills the instance's caches; it is ready afterwards, if that succeeds. */
  warm(instanceId: string): Promise<void>;
  stop(instanceId: string): Promise<void>;
  /** Sets the traffic weight of an instance at the edge. */
  weigh(instanceId: string, weight: number): void;
  /** Cuts (or mends) the network between a service and another service or third party in one region. */
  cut(region: string, from: string, to: string, isCut: boolean): void;
  /** Runs one SQL statement in the slot's database, over a connection of the database server like any other. */
  sql(slot: SlotId, statement: string): Promise<SqlResult>;
  /** Keeps a copy of the slot's data; returns its id. Dumps survive the slot. */
  dump(slot: SlotId): Promise<string>;
  /** Replaces the slot's data with the dump's. */
  restore(slot: SlotId, dumpId: string): Promise<void>;
  slots(): readonly SlotInfo[];
  /** A shopper's request to a region's edge. */
  visit(region: string, request: Request): Promise<Response>;
  /** A request to one service of a region, past the edge: for the control plane's own checks. */
  call(slot: SlotId, request: Request): Promise<Response>;
  /** What edge and services counted since the last call: per production cell, and orders placed per region. */
  scrape(): Scrape;
  /** Starts counting the requests of one build in a slot; the returned function reads and ends the count. */
  count(slot: SlotId, build: string): () => CellTelemetry | null;
  /** The oracle's read-only door into a slot's database: it bypasses pools and limits. Null when there is no database. */
  observe(slot: SlotId, query: string): Promise<readonly Readonly<Record<string, unknown>>[] | null>;
  stopAll(): Promise<void>;
  /** Things outside this process that `stopAll` could not remove. Left out by a stack that makes none. */
  leftBehind?(): number;
}

export interface Scrape {
  readonly cells: readonly CellTelemetry[];
  readonly ordersByRegion: Readonly<Record<string, number>>;
}
