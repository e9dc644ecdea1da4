import type { MoneyWindow } from '../journal/events.ts';
import type { LineOf } from './arm-record.ts';
import type { Interval } from './minutes.ts';
import type { Outage } from './outages.ts';
import { byText, type PlacedAmount, placeOfRegion } from './place.ts';

export interface OrderDrop {
  readonly region: string;
  /** Share of the calm arm's orders that are missing, 0–1. */
  readonly share: number;
  /** The journey whose outage bounds the time that is looked at; null for all of the region's together, or where it had none. */
  readonly journey: string | null;
  /** False: the region had no outage, and the figure is of the time in which others had one. It is no harm. */
  readonly hadOutage: boolean;
}

interface Windows {
  readonly arm: readonly LineOf<'window'>[];
  readonly calm: readonly LineOf<'window'>[];
}

type Totals = Map<string, Record<keyof Omit<MoneyWindow, 'region'>, number>>;

/** Money and promises per region beyond the calm arm, before the noise floor. */
export function moneyAmounts(windows: Windows) {
  const arm = totals(windows.arm);
  const calm = totals(windows.calm);
  const regions = [...new Set([...arm.keys(), ...calm.keys()])].sort(byText);
  const amounts = (measure: (arm: Money, calm: Money) => number): PlacedAmount[] =>
    regions
      .map(region => ({
        ...placeOfRegion(region),
        amount: measure(arm.get(region) ?? ZERO, calm.get(region) ?? ZERO),
      }))
      .filter(({ amount }) => amount > 0);
  return {
    ordersLost: amounts((seen, usual) => usual.orders - seen.orders),
    revenueLostCents: amounts((seen, usual) => usual.revenueCents - seen.revenueCents),
    mispricedOrders: amounts((seen, usual) => seen.mispricedOrders - usual.mispricedOrders),
    mischargedCents: amounts((seen, usual) => seen.mischargedCents - usual.mischargedCents),
    wrongPromises: amounts((seen, usual) => seen.wrongPromises - usual.wrongPromises),
    offPolicyAnswers: amounts((seen, usual) => seen.offPolicyAnswers - usual.offPolicyAnswers),
  };
}

/**
 * Orders missing while the region was down: for each journey's outage, and for all of the region's together. A region
 * without an outage is measured over the arm's longest outage elsewhere, and over the whole arm where there was none:
 * that nothing was missing there is a finding too.
 */
export function orderDrops(windows: Windows, outages: readonly Outage[]): OrderDrop[] {
  const sold = windows.calm.flatMap(({ money }) => money.map(({ region }) => region));
  const regions = [...new Set([...outages.map(({ region }) => region), ...sold])].sort(byText);
  return regions.flatMap(region => {
    const here = outages.filter(outage => outage.region === region);
    const journeys = [null, ...here.map(({ journey }) => journey)];
    return journeys.flatMap(journey => {
      const bounds = here.length === 0 ? elsewhere(outages) : spansOf(here, journey);
      const share = dropIn(windows, region, bounds);
      return share === null ? [] : [{ region, journey, share, hadOutage: here.length > 0 }];
    });
  });
}

function spansOf(here: readonly Outage[], journey: string | null): readonly Interval[] {
  return here
    .filter(outage => journey === null || outage.journey === journey)
    .flatMap(({ intervals }) => intervals);
}

/** Null: the whole arm. Outages come longest first. */
function elsewhere(outages: readonly Outage[]): readonly Interval[] | null {
  return outages[0]?.intervals ?? null;
}

type Money = Omit<MoneyWindow, 'region'>;

const ZERO: Money = {
  orders: 0,
  revenueCents: 0,
  mispricedOrders: 0,
  mischargedCents: 0,
  wrongPromises: 0,
  offPolicyAnswers: 0,
};

function totals(windows: readonly LineOf<'window'>[]): Totals {
  const sums: Totals = new Map();
  for (const window of windows) {
    for (const { region, ...money } of window.money) {
      const sum = sums.get(region) ?? { ...ZERO };
      for (const name of Object.keys(ZERO) as (keyof Money)[]) sum[name] += money[name];
      sums.set(region, sum);
    }
  }
  return sums;
}

/** Null when the calm arm sold nothing in that time: there is nothing to compare with. */
function dropIn(windows: Windows, region: string, bounds: readonly Interval[] | null): number | null {
  const orders = (side: readonly LineOf<'window'>[]) =>
    side
      .filter(({ fromMs }) => bounds?.some(span => fromMs >= span.fromMs && fromMs < span.toMs) ?? true)
      .flatMap(({ money }) => money)
      .reduce((sum, money) => sum + (money.region === region ? money.orders : 0), 0);
  const usual = orders(windows.calm);
  return usual === 0 ? null : Math.max(0, 1 - orders(windows.arm) / usual);
}
