import type { PlaneForAgents } from '../control-plane/http/control-plane-app.ts';
import type { GateProbe } from '../journal/events.ts';
import type { Rng } from '../kernel/rng.ts';
import type { WorldClock } from '../ports/run-context.ts';
import type { StartedStack } from '../ports/stack.ts';
import type { World } from '../scenario/world-schema.ts';
import type { ShoppersDeps } from '../traffic/shoppers.ts';

/** Why a stage stopped moving time. */
export type StageStop = 'reached' | 'stop-requested' | 'bound';

/** A stack together with the time it lives in: virtual in `sim`, real with skipped waits on the live stacks. */
export interface Stage {
  readonly clock: WorldClock;
  readonly stack: StartedStack;
  /** Lets world time pass until `untilMs`, or until a stop is requested. */
  advance(untilMs: number, stopRequested: () => boolean): Promise<StageStop>;
  /** Lets just enough world time pass for this work to end: for setting up and taking stock. */
  perform<T>(work: () => Promise<T>): Promise<T>;
  /** Holds world time while somebody outside answers. */
  waitOutside<T>(answer: Promise<T>): Promise<T>;
  /** What live stages do otherwise than the simulation. */
  readonly live?: LiveDoings;
}

interface LiveDoings {
  /** Lets shoppers come, who live what samples found. */
  startShoppers(deps: LiveShoppersDeps): void;
  /** The world's clock, as effects are charged on it: the stage then knows when the next change is planned. */
  readonly chargeClock: WorldClock;
  /** The control plane as agents reach it, where they have a network of their own. */
  agentPlane?(plane: PlaneForAgents): PlaneForAgents;
  /** Null when nobody is to come with a browser. */
  readonly browser: BrowserDoings | null;
}

/** A shopper with a browser, who goes through the shop while world time stands still. */
export interface BrowserDoings {
  /**
   * On an ordinary day, before the mistake: returns the probes that were not met. From then on the shopper also comes
   * when `mistakeHasLanded` and the shop was sampled.
   */
  before(mistakeHasLanded: () => boolean, stopRequested: () => boolean): Promise<readonly GateProbe[]>;
  after(stopRequested: () => boolean): Promise<void>;
}

export interface LiveShoppersDeps extends Omit<ShoppersDeps, 'visit'> {
  /** Told of every order that was really placed. */
  readonly onConfirmed: (region: string, orderId: string) => void;
}

/** Makes a stage. Rejects with an `environment` error when the machine lacks what the stack needs. */
export type StageFactory = (world: World, rng: Rng) => Stage | Promise<Stage>;
