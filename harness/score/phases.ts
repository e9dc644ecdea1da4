import { type ArmRecord, linesOf } from './arm-record.ts';
import type { Interval } from './minutes.ts';

/** A part of an outage. `declared`: a person's or a queue's time, an input. `mechanism`: what the machines took. */
export interface Phase {
  readonly name: string;
  readonly durationMs: number;
  readonly kind: 'mechanism' | 'declared';
}

interface WorkSpan extends Interval {
  readonly name: string;
  readonly kind: Phase['kind'];
}

const PERSON_PHASES: Readonly<Record<string, string>> = {
  noticed: 'noticing',
  acknowledged: 'acknowledging the page',
  diagnosed: 'diagnosis',
  decided: 'deciding',
  reviewed: 'review',
  'repair-started': 'preparing a repair',
  'repair-failed': 'a repair that failed',
  repaired: 'repair',
  'gave-up': 'trying in vain',
};

/** What people did and what effects took by the world's figures, as spans of world time. */
export function workSpans(record: ArmRecord): WorkSpan[] {
  const people = linesOf(record, 'person').map(line => ({
    name: PERSON_PHASES[line.phase] ?? line.phase,
    kind: line.kind,
    fromMs: line.sinceMs,
    toMs: line.atMs,
  }));
  return [...people, ...chargedSpans(record)].filter(span => span.toMs > span.fromMs);
}

/**
 * Cuts the intervals by the spans. Where several apply, the one that began last wins, being the most specific (then the
 * shorter one); what no span covers is `unattributed`. The phases sum exactly to the intervals' duration.
 */
export function cutByPhases(intervals: readonly Interval[], spans: readonly WorkSpan[]): Phase[] {
  const totals = new Map<string, Phase>();
  for (const interval of intervals) {
    const within = spans.filter(span => span.toMs > interval.fromMs && span.fromMs < interval.toMs);
    const edges = [
      interval.fromMs,
      interval.toMs,
      ...within.flatMap(span => [Math.max(span.fromMs, interval.fromMs), Math.min(span.toMs, interval.toMs)]),
    ].sort((a, b) => a - b);
    edges.slice(1).forEach((toMs, index) => {
      const fromMs = edges[index] ?? toMs;
      if (toMs > fromMs) count(totals, mostSpecific(within, { fromMs, toMs }), toMs - fromMs);
    });
  }
  return [...totals.values()];
}

const UNATTRIBUTED = { name: 'unattributed', kind: 'mechanism' } as const;

function mostSpecific(spans: readonly WorkSpan[], part: Interval): Pick<Phase, 'name' | 'kind'> {
  let best: WorkSpan | null = null;
  for (const span of spans) {
    if (span.fromMs > part.fromMs || span.toMs < part.toMs) continue;
    const isMoreSpecific =
      best === null ||
      span.fromMs > best.fromMs ||
      (span.fromMs === best.fromMs && span.toMs - span.fromMs <= best.toMs - best.fromMs);
    if (isMoreSpecific) best = span;
  }
  return best ?? UNATTRIBUTED;
}

function count(
  totals: Map<string, Phase>,
  { name, kind }: Pick<Phase, 'name' | 'kind'>,
  durationMs: number,
): void {
  const key = `${kind} ${name}`;
  totals.set(key, { name, kind, durationMs: durationMs + (totals.get(key)?.durationMs ?? 0) });
}

/** An effect's phases follow one another from its start; none runs past its end. */
function chargedSpans(record: ArmRecord): WorkSpan[] {
  const startedAtMs = new Map(linesOf(record, 'effect-started').map(line => [line.effectId, line.atMs]));
  return linesOf(record, 'effect-finished').flatMap(finished => {
    let fromMs = startedAtMs.get(finished.effectId) ?? finished.atMs;
    return finished.charged.map(({ phase, durationMs }) => {
      const span = { name: phase, kind: 'mechanism' as const, fromMs, toMs: fromMs + durationMs };
      fromMs = span.toMs;
      return { ...span, toMs: Math.min(span.toMs, finished.atMs) };
    });
  });
}
