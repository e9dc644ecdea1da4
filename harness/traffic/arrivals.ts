import type { Rng } from '../kernel/rng.ts';
import type { World } from '../scenario/world-schema.ts';

const HOUR_MS = 3_600_000;

/** Arrivals per second at a time of the run: the region's mean, bent by the daily curve, linear between the hours. */
function arrivalRate(shoppers: World['shoppers'], region: string, atMs: number): number {
  const mean = shoppers.perSecond[region] ?? 0;
  const total = shoppers.curve.reduce((sum, share) => sum + share, 0);
  const hour = shoppers.startHour + atMs / HOUR_MS;
  const before = shoppers.curve[Math.floor(hour) % 24] as number;
  const after = shoppers.curve[(Math.floor(hour) + 1) % 24] as number;
  const share = before + (after - before) * (hour - Math.floor(hour));
  return (mean * 24 * share) / total;
}

/** The expected value of orders, views or whatever happens at `perArrival` per arrival, between two times. */
export function expectedArrivals(
  shoppers: World['shoppers'],
  region: string,
  fromMs: number,
  toMs: number,
): number {
  const middle = (fromMs + toMs) / 2;
  return (arrivalRate(shoppers, region, middle) * (toMs - fromMs)) / 1_000;
}

/**
 * Times of arrival in a region, ms, without end: a Poisson process whose rate follows the daily curve, by thinning
 * (Lewis and Shedler 1979). It depends on the seed alone, so every arm sees the same shoppers come.
 */
export function* arrivalTimes(
  shoppers: World['shoppers'],
  region: string,
  rng: Rng,
): Generator<number, never> {
  const peak = Math.max(...shoppers.curve) / (shoppers.curve.reduce((sum, share) => sum + share, 0) / 24);
  const peakPerMs = ((shoppers.perSecond[region] ?? 0) * peak) / 1_000;
  let atMs = 0;
  for (;;) {
    atMs += -Math.log(1 - rng.next()) / peakPerMs;
    if (rng.next() * peakPerMs * 1_000 <= arrivalRate(shoppers, region, atMs)) yield Math.floor(atMs);
  }
}
