import type { Notice, NoticeResult } from './notice.ts';

/** A notice in sentences, for messages that people read. */
export interface NoticeLines {
  readonly headline: string;
  readonly title: string;
  readonly occurrences: readonly string[];
  /** The game day as a whole, and why it ended as it did. */
  readonly result: readonly string[];
  /** What a verdict holds for. */
  readonly notes: readonly string[];
}

/** At most `most` occurrences and reasons are written out; how many more there are is said. */
export function noticeLines(notice: Notice, most = 20): NoticeLines {
  const { result } = notice;
  const hidden = Math.max(0, notice.occurrences.length - most) + notice.omitted;
  return {
    headline: notice.headline,
    title: notice.title,
    occurrences: [
      ...notice.occurrences.slice(0, most).map(({ sentence }) => sentence),
      ...(hidden === 0 ? [] : [`and ${hidden} more`]),
    ],
    result: result === null ? [] : resultLines(result, most),
    notes: result === null || result.note === '' ? [] : [result.note],
  };
}

function resultLines(result: NoticeResult, most: number): string[] {
  const { contained, escaped, expected, inconclusive, neverRun } = result.verdicts;
  const of = contained + escaped + inconclusive + neverRun;
  const known = expected === 0 ? '' : ` (${expected} known)`;
  const counts = [
    `contained ${contained} of ${of}`,
    ...(escaped === 0 ? [] : [`${escaped} escaped${known}`]),
    ...(inconclusive === 0 ? [] : [`${inconclusive} inconclusive`]),
    ...(neverRun === 0 ? [] : [`${neverRun} never run`]),
  ];
  const score = result.score === null ? 'no score' : `score ${result.score} of 100`;
  const left = result.isComplete ? '' : '; it is not complete, and goes on when it is run again';
  return [
    `${counts.join(', ')}; ${score}; exit ${result.exit.code} (${result.exit.name})${left}`,
    ...result.reasons.slice(0, most),
    `results: ${result.runId}`,
  ];
}
