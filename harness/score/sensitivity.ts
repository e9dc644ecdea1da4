import { median, quantile } from 'simple-statistics';
import type { Verdict } from './verdict.ts';

/** How verdict and containment vary over the declared variation. Not a probability: the delays are inputs. */
export interface Sensitivity {
  readonly seeds: number;
  readonly contained: number;
  readonly escaped: number;
  readonly inconclusive: number;
  /** Null when no seed has a containment ratio. */
  readonly containmentRatio: Spread | null;
  /** Longest outage of the guarded arm, ms. */
  readonly guardedOutageMs: Spread | null;
}

/** What one seed adds to it. */
export interface SeedFigures {
  readonly verdict: Verdict;
  readonly ratio: number | null;
  /** Longest outage of the guarded arm; null when it could not be measured. */
  readonly guardedOutageMs: number | null;
}

interface Spread {
  readonly median: number;
  readonly p5: number;
  readonly p95: number;
}

/** Null for a single seed, which shows no spread. */
export function sensitivityOf(seeds: readonly SeedFigures[]): Sensitivity | null {
  if (seeds.length < 2) return null;
  const count = (verdict: Verdict) => seeds.filter(seed => seed.verdict === verdict).length;
  return {
    seeds: seeds.length,
    contained: count('contained'),
    escaped: count('escaped'),
    inconclusive: count('inconclusive'),
    containmentRatio: spread(seeds.map(({ ratio }) => ratio)),
    guardedOutageMs: spread(seeds.map(({ guardedOutageMs }) => guardedOutageMs)),
  };
}

function spread(values: readonly (number | null)[]): Spread | null {
  const known = values.filter(value => value !== null);
  if (known.length === 0) return null;
  return { median: median(known), p5: quantile(known, 0.05), p95: quantile(known, 0.95) };
}
