import { fileSource } from '../journal/file-source.ts';
import { openJournal } from '../journal/open-journal.ts';
import { readArm } from '../review/arm-reader.ts';
import { LANES } from '../review/event-mark.ts';
import { printTimeline } from '../review/print/print-timeline.ts';
import { nextEvent, timeline } from '../review/timeline.ts';

export interface OpenedJournal {
  readonly events: number;
  readonly megabytes: number;
  /** Until the index stands and the first screen is drawn, ms. */
  readonly firstScreenMs: number;
  /** Until every window is counted as well, in steps between which a screen can be drawn, ms. */
  readonly wholeMs: number;
  /** The longest of those steps, and the slowest of a hundred screens of lines from all over the journal, ms. */
  readonly longestStepMs: number;
  readonly slowestScrollMs: number;
  /** The most memory that the process ever held, MB. */
  readonly peakRssMb: number;
}

const STEP = 4_096;
const SCREEN_LINES = 40;
const SCROLLS = 100;
/** No more than this before the first screen: the rest comes in steps. */
const FIRST_LINES = 8_192;

/** Opens a journal as a review does, in this process, and says what it took. */
export function openLongJournal(path: string): OpenedJournal {
  const startedMs = performance.now();
  const source = fileSource(path);
  const reader = readArm(openJournal(source, path));
  reader.step(FIRST_LINES);
  draw();
  const firstScreenMs = performance.now() - startedMs;
  const peakAtFirstMb = rssMb();
  const { journal } = reader;
  let slowestScrollMs = 0;
  for (let index = 0; index < SCROLLS; index++) {
    const seq = Math.floor((journal.lineCount / SCROLLS) * index);
    slowestScrollMs = Math.max(
      slowestScrollMs,
      timed(() => journal.readRange(seq, SCREEN_LINES)),
    );
  }
  let longestStepMs = 0;
  while (reader.pending > 0)
    longestStepMs = Math.max(
      longestStepMs,
      timed(() => reader.step(STEP)),
    );
  draw();
  const wholeMs = performance.now() - startedMs;
  const megabytes = source.size() / 1_048_576;
  journal.close();
  const peakRssMb = Math.max(peakAtFirstMb, rssMb());
  return {
    events: journal.lineCount,
    megabytes,
    firstScreenMs,
    wholeMs,
    longestStepMs,
    slowestScrollMs,
    peakRssMb,
  };

  function draw(): void {
    const view = timeline({ guarded: reader.state }, null, { columns: 60 });
    printTimeline(view, { id: 'synthetic', title: '' }, { width: 80, paint: (_tone, text) => text });
    for (const lane of LANES) nextEvent(reader.state, { seq: 0 }, { lane });
  }
}

function timed(work: () => unknown): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

function rssMb(): number {
  return process.resourceUsage().maxRSS / 1_024;
}
