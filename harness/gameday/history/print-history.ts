import { plural } from '../../report/words.ts';
import { heading, item, type PageOptions, page, paragraph, table, title } from '../../review/print/page.ts';
import { CHANGE_SIGNS } from '../../review/print/print-compare.ts';
import type { History, Series } from './history.ts';
import { MEASURES, trendOf } from './measures.ts';
import type { HistoryPoint } from './point.ts';
import { sparkline } from './sparkline.ts';
import {
  CHANGE_WORDS,
  changeSentence,
  heldWords,
  newestFirst,
  seriesName,
  shareWords,
  spanWords,
  streakSentence,
  timeOf,
} from './words.ts';

/** Rows of each list; the JSON has all of them. */
const MOST_POINTS = 12;
const MOST_CHANGES = 20;
const MOST_LEFT_OUT = 6;
const MOST_SKIPPED = 10;
const MOST_SPARKS = 40;

/** What `history` prints for people. */
export function printHistory(history: History, options: PageOptions): string {
  const { folder, series, skipped, older } = history;
  return page([
    ...title(`History of ${folder}`, options),
    ...(series.length === 0 ? paragraph('There is no finished game day or run in it.', options) : []),
    ...series.flatMap((one, index) => [...(index === 0 ? [] : ['']), ...seriesLines(one, options)]),
    ...(older === 0
      ? []
      : ['', ...paragraph(`${plural(older, 'older result')} not read: --limit takes in more.`, options)]),
    ...(skipped.length === 0 ? [] : ['', heading('Left out', options)]),
    ...most(skipped, MOST_SKIPPED, ({ directory, because }) =>
      item('!', `${directory}: ${because}`, options),
    ),
  ]);
}

function seriesLines(series: Series, options: PageOptions): string[] {
  const { points, changes, streaks, leftOut } = series;
  return [
    heading(seriesName(series), options),
    `  ${spanWords(series)}`,
    ...(points.length > 1 ? trendLines(points, options) : []),
    ...pointLines(points, options),
    ...most(newestFirst(changes), MOST_CHANGES, change =>
      item(CHANGE_WORDS[change.kind].sign, changeSentence(change), options),
    ),
    ...(points.length > 1 ? streaks.flatMap(streak => item('·', streakSentence(streak), options)) : []),
    ...most(leftOut.toReversed(), MOST_LEFT_OUT, text => item('!', `not compared: ${text}`, options)),
  ];
}

function trendLines(points: readonly HistoryPoint[], options: PageOptions): string[] {
  const shown = points.slice(-MOST_SPARKS);
  const rows = MEASURES.map(measure => {
    const trend = trendOf(measure, shown);
    const sign = trend.change === null ? '' : ` ${CHANGE_SIGNS[trend.change]}`;
    return [measure.label, `${trend.now}${sign}`, sparkline(trend.values, trend.most)];
  });
  return table(rows, [18, 24], options);
}

function pointLines(points: readonly HistoryPoint[], options: PageOptions): string[] {
  const earlier = points.length - MOST_POINTS;
  const rows = points
    .slice(-MOST_POINTS)
    .map(point => [
      timeOf(point.startedAt),
      heldWords(point),
      point.score === null ? '–' : String(point.score),
      shareWords(point.containment),
      shareWords(point.letThrough),
      `${point.exit.code} ${point.exit.name}`,
    ]);
  return [
    ...table([['begun (UTC)', 'held', 'score', 'contained', 'let thr.', 'exit'], ...rows], COLUMNS, options),
    ...(earlier > 0 ? [`  and ${earlier} before these`] : []),
  ];
}

const COLUMNS = [18, 8, 7, 11, 10];

function most<T>(all: readonly T[], count: number, write: (one: T) => readonly string[]): string[] {
  const rest = all.length - count;
  return [
    ...all.slice(0, count).flatMap(write),
    ...(rest > 0 ? [`  … and ${rest} more (--json has all)`] : []),
  ];
}
