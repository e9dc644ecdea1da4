import type { SampledJourney } from '../../journal/events.ts';
import type { JourneyExperience } from '../../ports/experience.ts';
import type { Arrival } from '../../traffic/shoppers.ts';
import type { CellRate } from './held-telemetry.ts';

/** A shopper who has really been through the shop. */
export interface Walked {
  readonly arrival: Arrival;
  readonly experience: JourneyExperience;
  /** What the journey took, with the pauses of a person at their full length, ms. */
  readonly durationMs: number;
}

/** What a sample found in one region: what the shoppers ahead have lived, and what those after them live. */
export interface RegionSample {
  /** By the shopper's number: those who have already been there when their time comes. */
  readonly ahead: ReadonlyMap<number, { readonly walked: Walked; readonly rates: readonly CellRate[] }>;
  /** By journey: what later shoppers live, one of these each. */
  readonly held: ReadonlyMap<string, readonly Walked[]>;
  /** What each later shopper adds to telemetry. */
  readonly rates: readonly CellRate[];
}

/** The sample's figures per journey and region, in the order in which they were first met. */
export function summarize(walked: readonly Walked[]): SampledJourney[] {
  const groups = Map.groupBy(walked, ({ experience }) => `${experience.journey} ${experience.region}`);
  return [...groups].map(([key, group]) => {
    const [journey = '', region = ''] = key.split(' ');
    const took = latencies(group);
    return {
      journey,
      region,
      attempts: group.length,
      succeeded: took.length,
      p50Ms: quantile(took, 0.5),
      p95Ms: quantile(took, 0.95),
    };
  });
}

/** Durations of the journeys that succeeded, ascending, ms. */
export function latencies(walked: readonly Walked[]): number[] {
  return walked
    .filter(({ experience }) => experience.succeeded)
    .map(({ durationMs }) => durationMs)
    .sort((a, b) => a - b);
}

export function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}
