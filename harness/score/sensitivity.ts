import { median, quantile } from 'simple-statistics';
import type { SeedScore } from './score-seed.ts';

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

interface Spread {
  readonly median: number;
  readonly p5: number;
  readonly p95: number;
}

/** Null for a single seed, which shows no spread. */
export function sensitivityOf(seeds: readonly SeedScore[]): Sensitivity | null {
  if (seeds.length < 2) return null;
  const count = (verdict: SeedScore['verdict']) => seeds.filter(seed => seed.verdict === verdict).length;
  return {
    seeds: seeds.length,
    contained: count('contained'),
    escaped: count('escaped'),
    inconclusive: count('inconclusive'),
    containmentRatio: spread(seeds.map(({ containment }) => containment?.ratio ?? null)),
    guardedOutageMs: spread(
      seeds.map(({ guarded }) => (guarded === null ? null : (guarded.harm.outages[0]?.durationMs ?? 0))),
    ),
  };
}

function spread(values: readonly (number | null)[]): Spread | null {
  const known = values.filter(value => value !== null);
  if (known.length === 0) return null;
  return { median: median(known), p5: quantile(known, 0.05), p95: quantile(known, 0.95) };
}
