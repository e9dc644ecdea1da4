import type { OpenJournal } from '../journal/open-journal.ts';
import { type ArmState, initialArmState } from './arm-state.ts';
import { reduceArmLines } from './reduce-arm.ts';

/** Brings an arm's state up to its journal in steps, so that a screen can be shown before all windows are counted. */
export interface ArmReader {
  readonly journal: OpenJournal;
  readonly state: ArmState;
  /** Lines that are still to be taken in; of a journal that is not indexed yet, about so many. */
  readonly pending: number;
  /** Indexes some more, or takes in at most `count` lines, first all that are no window; returns whether any are left. */
  step(count: number): boolean;
  /** Looks whether the journal has grown; returns whether there is something to take in. */
  refresh(): boolean;
}

/** Lines parsed at a time: so few that what was parsed is gone before it would count as long-lived. */
const BATCH = 256;
/** Indexed in one step: some milliseconds' work. */
const STEP_BYTES = 2 << 20;

export function readArm(journal: OpenJournal): ArmReader {
  return new SteppedReader(journal);
}

/** The state of a whole journal. For a long one use `readArm`, which can be interrupted. */
export function wholeArm(journal: OpenJournal): ArmState {
  const reader = readArm(journal);
  while (reader.step(BATCH)) {
    // bounded by the journal's lines
  }
  return reader.state;
}

class SteppedReader implements ArmReader {
  readonly journal: OpenJournal;
  state = initialArmState;
  private rareTo = -1;
  private windowsFrom = 0;
  private hasAllRare = false;

  constructor(journal: OpenJournal) {
    this.journal = journal;
  }

  get pending(): number {
    const { lineCount, unindexedLines } = this.journal;
    return lineCount - this.state.lines + unindexedLines;
  }

  step(count: number): boolean {
    if (this.journal.unindexedBytes > 0) this.journal.refresh(STEP_BYTES);
    // What is no window may stand anywhere, and is shown first.
    if (this.journal.unindexedBytes > 0) return true;
    for (let left = count; left > 0 && this.pending > 0; ) {
      const size = Math.min(left, BATCH);
      left -= this.hasAllRare ? this.takeWindows(size) : this.takeRare(size);
    }
    return this.pending > 0;
  }

  refresh(): boolean {
    if (this.journal.refresh() > 0) this.hasAllRare = false;
    return this.pending > 0;
  }

  private takeRare(size: number): number {
    const lines = this.journal.readRare(this.rareTo, size);
    this.rareTo = lines.at(-1)?.seq ?? this.rareTo;
    if (lines.length < size) this.hasAllRare = true;
    this.state = reduceArmLines(this.state, lines);
    return lines.length;
  }

  private takeWindows(size: number): number {
    const from = this.journal.nextOfType('window', this.windowsFrom - 1);
    if (from === null) return size;
    const lines = this.journal.readRange(from, size);
    this.windowsFrom = from + lines.length;
    this.state = reduceArmLines(
      this.state,
      lines.filter(({ type }) => type === 'window'),
    );
    return Math.max(1, lines.length);
  }
}
