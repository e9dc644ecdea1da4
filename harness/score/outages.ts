import type { ArmRecord } from './arm-record.ts';
import { downIntervals, durationOf, type Interval, type OutageRule } from './minutes.ts';
import { cutByPhases, type Phase, workSpans } from './phases.ts';
import { byText } from './place.ts';
import type { SeriesByKey } from './traffic.ts';

/** Minutes below the objective of one journey in one region, beyond the calm arm. */
export interface Outage {
  readonly journey: string;
  readonly region: string;
  readonly durationMs: number;
  readonly intervals: readonly Interval[];
  readonly phases: readonly Phase[];
}

/** All outages of an arm, longest first. `arm` and `calm` are journeys by minute. */
export function outagesOf(
  record: ArmRecord,
  { arm, calm, rule }: { arm: SeriesByKey; calm: SeriesByKey; rule: OutageRule },
): Outage[] {
  const spans = workSpans(record);
  const outages: Outage[] = [];
  for (const { key, intervals } of downByKey({ arm, calm, rule })) {
    const [journey = '', region = ''] = key.split(' ');
    const phases = cutByPhases(intervals, spans);
    outages.push({ journey, region, durationMs: durationOf(intervals), intervals, phases });
  }
  return outages.sort(
    (a, b) => b.durationMs - a.durationMs || byText(a.region, b.region) || byText(a.journey, b.journey),
  );
}

/** Keys (of either arm) that were down at some time, in code-unit order. */
export function downByKey({
  arm,
  calm,
  rule,
}: {
  arm: SeriesByKey;
  calm: SeriesByKey;
  rule: OutageRule;
}): { key: string; intervals: Interval[] }[] {
  return [...new Set([...arm.keys(), ...calm.keys()])]
    .sort(byText)
    .map(key => ({
      key,
      intervals: downIntervals(arm.get(key) ?? new Map(), calm.get(key) ?? new Map(), rule),
    }))
    .filter(({ intervals }) => intervals.length > 0);
}
