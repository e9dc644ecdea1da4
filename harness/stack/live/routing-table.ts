/** One instance that may answer, as plain data. */
export interface Route {
  /** Base URL without a trailing slash: `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Share of the traffic, ≥ 0. */
  readonly weight: number;
}

/** Where an instance or an edge finds others. Replaced as a whole; may go over a wire. */
export interface RoutingTable {
  /** Routes by the host name that services call: `pricing`, `payment`. */
  readonly routes: Readonly<Record<string, readonly Route[]>>;
  /** Host names to which the network is cut. */
  readonly cuts: readonly string[];
}

export const NO_ROUTES: RoutingTable = { routes: {}, cuts: [] };
