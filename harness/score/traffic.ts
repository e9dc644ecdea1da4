import { type ArmRecord, type LineOf, linesOf } from './arm-record.ts';
import { MINUTE_MS } from './minutes.ts';

/** Attempts and failures by minute, by place: what `minutes.ts` reads. */
export type SeriesByKey = ReadonlyMap<string, ReadonlyMap<number, { attempts: number; failures: number }>>;

export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Windows that lie within the span: the gate's and those past the arm's shared end are left out. */
export function windowsIn(record: ArmRecord, span: Span): LineOf<'window'>[] {
  return linesOf(record, 'window').filter(
    window => window.fromMs >= span.fromMs && window.fromMs < span.untilMs,
  );
}

/** Journeys by minute, keyed `journey region`. */
export function journeySeries(windows: readonly LineOf<'window'>[]): SeriesByKey {
  const series = new Map<string, Map<number, { attempts: number; failures: number }>>();
  for (const window of windows) {
    for (const { journey, region, succeeded, failed } of window.journeys)
      add(series, `${journey} ${region}`, { window, attempts: succeeded + failed, failures: failed });
  }
  return series;
}

/** Steps by minute, keyed by the cell that owns them. */
export function cellSeries(windows: readonly LineOf<'window'>[]): SeriesByKey {
  const series = new Map<string, Map<number, { attempts: number; failures: number }>>();
  for (const window of windows) {
    for (const journey of window.journeys)
      for (const [cell, attempts, failures] of journey.steps)
        add(series, cell, { window, attempts, failures });
  }
  return series;
}

function add(
  series: Map<string, Map<number, { attempts: number; failures: number }>>,
  key: string,
  seen: { window: LineOf<'window'>; attempts: number; failures: number },
): void {
  if (seen.attempts === 0) return;
  const minutes = series.get(key) ?? new Map<number, { attempts: number; failures: number }>();
  series.set(key, minutes);
  const minute = Math.floor(seen.window.fromMs / MINUTE_MS);
  const tally = minutes.get(minute) ?? { attempts: 0, failures: 0 };
  tally.attempts += seen.attempts;
  tally.failures += seen.failures;
  minutes.set(minute, tally);
}
