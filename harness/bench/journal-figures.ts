import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, median, round } from './figure.ts';
import { type ReviewedJournal, reviewOnTerminal } from './review-on-terminal.ts';
import { writeSyntheticJournal } from './synthetic-journal.ts';

const TIMES = 3;

/** Opens a run with a long journal on a terminal, as its reader does: a screen must not wait for a million events. */
export async function journalFigures({
  journalEvents,
}: {
  readonly journalEvents: number;
}): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'brakecheck-bench-'));
  try {
    const path = join(folder, 'synthetic.guarded.jsonl');
    writeSyntheticJournal(path, journalEvents);
    const megabytes = statSync(path).size / 1_048_576;
    const reviews: ReviewedJournal[] = [];
    for (let count = 0; count < TIMES; count++) reviews.push(await reviewOnTerminal(folder));
    return figuresOf(reviews, `${journalEvents} events (${round(megabytes, 0)} MB)`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf(reviews: readonly ReviewedJournal[], what: string): Figure[] {
  const of = (read: (review: ReviewedJournal) => number) => median(reviews.map(read));
  const firstScreenMs = of(review => review.firstScreenMs);
  const wholeMs = of(review => review.wholeMs);
  const peakRssMb = Math.max(...reviews.map(review => review.peakRssMb));
  const slowestKeyMs = of(review => review.slowestKeyMs);
  const absolute = { floor: null, ratio: null };
  return [
    {
      name: `brakecheck review on a terminal, a journal of ${what}: from the start of the process to the first screen (all of it read after ${round(wholeMs, 0)} ms; medians of ${TIMES})`,
      ...{ value: round(firstScreenMs, 0), unit: 'ms', ...absolute },
      target: 'value < 1000',
      met: firstScreenMs < 1_000,
    },
    {
      name: 'peak memory of that process, all of it read (resident, heap included)',
      ...{ value: round(peakRssMb, 0), unit: 'MB', ...absolute },
      target: 'value < 250',
      met: peakRssMb < 250,
    },
    {
      name: 'from a key to the screen that answers it, the slowest of a hundred pages of its lines while it is still read',
      ...{ value: round(slowestKeyMs, 0), unit: 'ms', ...absolute },
      target: 'value < 100',
      met: slowestKeyMs < 100,
    },
  ];
}
