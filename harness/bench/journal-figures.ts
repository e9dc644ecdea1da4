import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, round } from './figure.ts';
import type { OpenedJournal } from './open-long-journal.ts';
import { writeSyntheticJournal } from './synthetic-journal.ts';

/** Opens a long journal as a review does, in a process of its own: a screen must not wait for a million events. */
export function journalFigures(
  { journalEvents }: { readonly journalEvents: number },
  openInOwnProcess: (path: string) => OpenedJournal,
): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'brakecheck-bench-'));
  try {
    const path = join(folder, 'long.jsonl');
    writeSyntheticJournal(path, journalEvents);
    return figuresOf(openInOwnProcess(path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf(opened: OpenedJournal): Figure[] {
  const { events, megabytes, firstScreenMs, wholeMs, longestStepMs, slowestScrollMs, peakRssMb } = opened;
  const absolute = { floor: null, ratio: null };
  return [
    {
      name: `a journal of ${events} events (${round(megabytes, 0)} MB): opened, first screen drawn (every window counted after ${round(wholeMs, 0)} ms)`,
      ...{ value: round(firstScreenMs, 0), unit: 'ms', ...absolute },
      target: 'value < 1000',
      met: firstScreenMs < 1_000,
    },
    {
      name: 'peak memory of that process, all windows counted (resident)',
      ...{ value: round(peakRssMb, 0), unit: 'MB', ...absolute },
      target: 'value < 250',
      met: peakRssMb < 250,
    },
    {
      name: `the slowest of a hundred screens of its lines (the longest step of counting windows: ${round(longestStepMs, 0)} ms)`,
      ...{ value: round(slowestScrollMs), unit: 'ms', ...absolute },
      target: 'value < 50',
      met: slowestScrollMs < 50,
    },
  ];
}
