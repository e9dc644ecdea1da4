import { formatCount, formatShare, formatTime } from '../../report/words.ts';
import type { HistoryPoint } from './point.ts';
import type { SparkValue } from './sparkline.ts';

/** A figure whose trend is shown. */
export interface Measure {
  readonly label: string;
  /** More is better. */
  readonly isGood: boolean;
  readonly read: (point: HistoryPoint) => number | null;
  readonly write: (value: number) => string;
  /** Top of its scale; null: the most that was seen. */
  readonly most: number | null;
}

export const MEASURES: readonly Measure[] = [
  { label: 'Score', isGood: true, read: ({ score }) => score, write: String, most: 100 },
  {
    label: 'Containment',
    isGood: true,
    read: ({ containment }) => containment,
    write: formatShare,
    most: 1,
  },
  { label: 'Let through', isGood: true, read: ({ letThrough }) => letThrough, write: formatShare, most: 1 },
  {
    label: 'Waiting (p50)',
    isGood: false,
    read: ({ waitedMsP50 }) => waitedMsP50,
    write: value => formatTime(Math.round(value)),
    most: null,
  },
  {
    label: 'Reviewer minutes',
    isGood: false,
    read: ({ reviewerMinutesPer100 }) => reviewerMinutesPer100,
    write: value => `${formatCount(Math.round(value))} per 100`,
    most: null,
  },
];

export interface Trend {
  readonly values: readonly SparkValue[];
  readonly most: number;
  /** Of the latest point. */
  readonly now: string;
  /** Against the latest measured point before it; null: there is none, it asked something else, or the latest is not measured. */
  readonly change: 'better' | 'worse' | 'same' | null;
}

/** `points`: the oldest first. */
export function trendOf({ read, write, isGood, most }: Measure, points: readonly HistoryPoint[]): Trend {
  const values = points.map((point, index) => ({
    value: read(point),
    isBreak: index > 0 && points[index - 1]?.suiteHash !== point.suiteHash,
  }));
  const now = values.at(-1)?.value ?? null;
  const alike = values.slice(
    Math.max(
      0,
      values.findLastIndex(({ isBreak }) => isBreak),
    ),
    -1,
  );
  const before = alike.findLast(({ value }) => value !== null)?.value ?? null;
  return {
    values,
    most: most ?? Math.max(0, ...values.map(({ value }) => value ?? 0)),
    now: now === null ? 'not measured' : write(now),
    change:
      before === null || now === null
        ? null
        : write(before) === write(now)
          ? 'same'
          : now > before === isGood
            ? 'better'
            : 'worse',
  };
}
