import type { WindowEvent } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';

/** Counts by bucket of world time: index 0 starts at 0 and each is `bucketMs` long. Trailing buckets without data are absent. */
export type Counts = readonly number[];

export interface JourneySeries {
  readonly journey: string;
  readonly region: string;
  readonly succeeded: Counts;
  readonly failed: Counts;
  /** Cells that the journey was seen to reach, in the order in which it first did. */
  readonly cells: readonly string[];
}

export interface CellSeries {
  readonly cell: string;
  /** Steps of journeys at the cell that owns them. */
  readonly attempts: Counts;
  readonly failures: Counts;
}

export interface MoneySeries {
  readonly region: string;
  readonly orders: Counts;
  readonly revenueCents: Counts;
}

/** On live stacks: visits in windows that were lived through, and in those that hold a sample's rates until the next one. */
export interface BasisSeries {
  readonly measured: Counts;
  readonly extrapolated: Counts;
}

/** What shoppers felt, folded into buckets that double in length when the arm outgrows them. */
export interface ShopperState {
  readonly bucketMs: number;
  readonly windows: number;
  readonly journeys: readonly JourneySeries[];
  readonly cells: readonly CellSeries[];
  readonly money: readonly MoneySeries[];
  /** Null for the simulation, in which every visit is lived through. */
  readonly basis: BasisSeries | null;
}

/** A journal's own windows are so long. */
const FIRST_BUCKET_MS = 10_000;
const MOST_BUCKETS = 1_024;
/** Beyond these, further places are left out: no world has so many, and a forged journal may. */
const MOST_SERIES = 256;
const MOST_CELLS_SEEN = 24;
const BASIS = 'basis';

export const initialShoppers: ShopperState = {
  bucketMs: FIRST_BUCKET_MS,
  windows: 0,
  journeys: [],
  cells: [],
  money: [],
  basis: null,
};

/** Takes windows in, whose figures must be finite and not negative. Equal to taking them in one by one, however they are parted. */
export function addWindows(state: ShopperState, windows: readonly WindowEvent[]): ShopperState {
  if (windows.length === 0) return state;
  const draft = new ShopperDraft(state);
  for (const window of windows) draft.add(window);
  return draft.state();
}

/** One place with its two rows of counts: what went well (or was tried, or ordered), and what failed (or was earned). */
interface Entry {
  readonly names: readonly string[];
  first: number[];
  second: number[];
  readonly cells: string[];
}

class ShopperDraft {
  private bucketMs: number;
  private windows: number;
  private readonly journeys: Map<string, Entry>;
  private readonly cells: Map<string, Entry>;
  private readonly money: Map<string, Entry>;
  /** Of one entry at most: measured first, extrapolated second. */
  private readonly basis: Map<string, Entry>;

  constructor(state: ShopperState) {
    this.bucketMs = state.bucketMs;
    this.windows = state.windows;
    this.journeys = entries(
      state.journeys.map(({ journey, region, succeeded, failed, cells }) => ({
        names: [journey, region],
        first: [...succeeded],
        second: [...failed],
        cells: [...cells],
      })),
    );
    this.cells = entries(
      state.cells.map(({ cell, attempts, failures }) => ({
        names: [cell],
        first: [...attempts],
        second: [...failures],
        cells: [],
      })),
    );
    this.money = entries(
      state.money.map(({ region, orders, revenueCents }) => ({
        names: [region],
        first: [...orders],
        second: [...revenueCents],
        cells: [],
      })),
    );
    const { basis } = state;
    this.basis = entries(
      basis === null
        ? []
        : [{ names: [BASIS], first: [...basis.measured], second: [...basis.extrapolated], cells: [] }],
    );
  }

  add(window: WindowEvent): void {
    while (window.fromMs >= this.bucketMs * MOST_BUCKETS) this.coarsen();
    const bucket = Math.floor(window.fromMs / this.bucketMs);
    this.windows++;
    this.addBasis(window, bucket);
    for (const { journey, region, succeeded, failed, steps } of window.journeys) {
      const entry = entryOf(this.journeys, `${journey}\n${region}`, journey, region);
      if (entry !== null) count(entry, bucket, succeeded, failed);
      for (const [cell, attempts, failures] of steps) {
        const place = entryOf(this.cells, cell, cell);
        if (place !== null) count(place, bucket, attempts, failures);
        if (entry !== null) see(entry, cell);
      }
    }
    for (const { region, orders, revenueCents } of window.money) {
      const entry = entryOf(this.money, region, region);
      if (entry !== null) count(entry, bucket, orders, revenueCents);
    }
  }

  private addBasis({ basis, journeys }: WindowEvent, bucket: number): void {
    const entry = basis === undefined ? null : entryOf(this.basis, BASIS, BASIS);
    if (entry === null) return;
    const visits = journeys.reduce((sum, { succeeded, failed }) => sum + succeeded + failed, 0);
    const isMeasured = basis === 'measured';
    count(entry, bucket, isMeasured ? visits : 0, isMeasured ? 0 : visits);
  }

  state(): ShopperState {
    const basis = this.basis.get(BASIS);
    return {
      bucketMs: this.bucketMs,
      windows: this.windows,
      journeys: [...this.journeys.values()].map(
        ({ names: [journey = '', region = ''], first: succeeded, second: failed, cells }) => ({
          journey,
          region,
          succeeded,
          failed,
          cells,
        }),
      ),
      cells: [...this.cells.values()].map(({ names: [cell = ''], first: attempts, second: failures }) => ({
        cell,
        attempts,
        failures,
      })),
      money: [...this.money.values()].map(
        ({ names: [region = ''], first: orders, second: revenueCents }) => ({ region, orders, revenueCents }),
      ),
      basis: basis === undefined ? null : { measured: basis.first, extrapolated: basis.second },
    };
  }

  private coarsen(): void {
    this.bucketMs *= 2;
    const all = [this.journeys, this.cells, this.money, this.basis].flatMap(map => [...map.values()]);
    for (const entry of all) {
      entry.first = pairs(entry.first);
      entry.second = pairs(entry.second);
    }
  }
}

function entries(all: readonly Entry[]): Map<string, Entry> {
  return new Map(all.map(entry => [entry.names.join('\n'), entry]));
}

/** By its names as they stand in the journal, joined; they are made safe when a place is first seen. */
function entryOf(map: Map<string, Entry>, raw: string, ...given: readonly string[]): Entry | null {
  const known = map.get(raw);
  if (known !== undefined) return known;
  const names = given.map(name => safeText(name, 64));
  const key = names.join('\n');
  const twin = map.get(key);
  if (twin !== undefined) return twin;
  if (map.size >= MOST_SERIES) return null;
  const entry: Entry = { names, first: [], second: [], cells: [] };
  map.set(key, entry);
  return entry;
}

function see(entry: Entry, cell: string): void {
  if (entry.cells.includes(cell) || entry.cells.length >= MOST_CELLS_SEEN) return;
  const safe = safeText(cell, 64);
  if (!entry.cells.includes(safe)) entry.cells.push(safe);
}

function count(entry: Entry, bucket: number, first: number, second: number): void {
  while (entry.first.length <= bucket) {
    entry.first.push(0);
    entry.second.push(0);
  }
  entry.first[bucket] = (entry.first[bucket] ?? 0) + first;
  entry.second[bucket] = (entry.second[bucket] ?? 0) + second;
}

function pairs(values: readonly number[]): number[] {
  const halved: number[] = [];
  values.forEach((value, index) => {
    const at = index >> 1;
    halved[at] = (halved[at] ?? 0) + value;
  });
  return halved;
}
