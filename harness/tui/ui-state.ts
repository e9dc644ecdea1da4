import type { Arm } from '../journal/events.ts';
import type { Lane } from '../review/event-mark.ts';
import type { RecordField } from '../review/event-record.ts';
import type { RunStory } from '../review/run-story.ts';
import type { ListEntry } from './list-entry.ts';

/** All that the screens show, and where the reader stands. Plain data; `reduceUi` makes the next one, `screenLines` draws it. */
export interface UiState {
  readonly size: Size;
  readonly screen: 'list' | 'run';
  readonly list: ListUi;
  /** The run that is shown, or to be opened; null on the list of a review without a folder. */
  readonly directory: string | null;
  /** Null until it was opened. */
  readonly story: RunStory | null;
  /** Lines of its journals that are still to be taken in. */
  readonly pending: number;
  /** Null for a review of what is over. */
  readonly live: LiveUi | null;
  readonly tab: Tab;
  /** Null: the first that the filter lets through. */
  readonly scenarioId: string | null;
  readonly filter: Filter;
  /** What was last searched for, in lower case; empty: nothing. */
  readonly search: string;
  /** What is being typed after `/`; null: nothing is. */
  readonly typing: string | null;
  /** Lines of the tab's text that are scrolled away. */
  readonly scroll: number;
  readonly timeline: TimelineUi;
  readonly blast: BlastUi;
  readonly layer: number;
  readonly against: AgainstUi | null;
  readonly overlay: Overlay | null;
  /** One sentence, until the next key. */
  readonly message: string | null;
  /** How the reader left; null: still here. */
  readonly left: Left | null;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** `view`: only the screen is closed. `stop`: the run was asked to end as well. `interrupted`: by Ctrl-C. */
export type Left = 'view' | 'stop' | 'interrupted';

export const TABS = ['overview', 'timeline', 'blast-radius', 'layers', 'what-to-change', 'compare'] as const;
export type Tab = (typeof TABS)[number];

export const FILTERS = ['all', 'escaped', 'inconclusive'] as const;
export type Filter = (typeof FILTERS)[number];

interface ListUi {
  /** Null until it was read. */
  readonly entries: readonly ListEntry[] | null;
  readonly cursor: number;
}

export interface LiveUi {
  readonly isOver: boolean;
  /** The latest line of progress. */
  readonly progress: string;
}

/** `lanes`: arms above one another. `events`: what is worth a mark, in words. `lines`: every line of the journal. */
export type TimelineMode = 'lanes' | 'events' | 'lines';

interface TimelineUi {
  readonly mode: TimelineMode;
  readonly arms: 'mistake' | 'all';
  readonly cursor: TimelineCursor;
  /** What part of world time is shown, ms; null: all of it. */
  readonly span: { readonly fromMs: number; readonly toMs: number } | null;
  readonly lines: LinesUi;
}

export interface TimelineCursor {
  readonly arm: Arm;
  readonly lane: Lane;
  /** The event that it stands on; null: none on this lane. */
  readonly seq: number | null;
  readonly atMs: number;
}

/** A window on all lines of a journal. */
interface LinesUi {
  readonly cursor: number;
  readonly top: number;
  /** Null until it was read. */
  readonly page: LinesPage | null;
}

export interface LinesPage {
  readonly scenarioId: string;
  readonly arm: Arm;
  readonly from: number;
  readonly rows: readonly LineRow[];
  /** Whole lines of the journal by now. */
  readonly lineCount: number;
}

export interface LineRow {
  readonly seq: number;
  readonly atMs: number;
  readonly type: string;
  readonly text: string;
}

interface BlastUi {
  /** World time that is shown; null: each service at its worst. */
  readonly atMs: number | null;
  /** The chosen service; null: the first that was hit. */
  readonly row: number | null;
}

interface AgainstUi {
  readonly directory: string;
  /** Null until it was read. */
  readonly story: RunStory | null;
}

export interface RecordTarget {
  readonly scenarioId: string;
  readonly arm: Arm;
  readonly seq: number;
}

export type Overlay =
  | { readonly kind: 'help'; readonly scroll: number }
  | { readonly kind: 'leave'; readonly choice: 0 | 1 | 2 }
  | {
      readonly kind: 'record';
      readonly target: RecordTarget;
      /** Null until it was read. */
      readonly fields: readonly RecordField[] | null;
      readonly scroll: number;
    }
  | {
      readonly kind: 'page';
      readonly directory: string;
      /** Null until it was read. */
      readonly lines: readonly string[] | null;
      readonly scroll: number;
    }
  | { readonly kind: 'choose-run'; readonly cursor: number };
