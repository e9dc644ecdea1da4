import type { RecordField } from '../review/event-record.ts';
import type { RunStory } from '../review/run-story.ts';
import type { ListEntry } from './list-entry.ts';
import type { LinesPage, LiveUi, RecordTarget, Size } from './ui-state.ts';

/** A key by name: `up`, `enter`, `escape`, `ctrl-c`, …; a letter is itself, with its case. */
export type Key = string;

/** All that can change what is shown: a key, the window, or data that has come. */
export type UiEvent =
  | { readonly kind: 'key'; readonly key: Key }
  /** Text that came at once, while something is typed. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'resize'; readonly size: Size }
  | UiData;

export type UiData =
  | { readonly kind: 'list'; readonly entries: readonly ListEntry[] }
  | { readonly kind: 'story'; readonly directory: string; readonly story: RunStory; readonly pending: number }
  | { readonly kind: 'against'; readonly directory: string; readonly story: RunStory }
  | { readonly kind: 'record'; readonly target: RecordTarget; readonly fields: readonly RecordField[] }
  | { readonly kind: 'lines'; readonly page: LinesPage }
  | { readonly kind: 'page'; readonly directory: string; readonly lines: readonly string[] }
  | {
      readonly kind: 'live';
      readonly live: LiveUi /** Another run goes on from here. */;
      readonly directory?: string;
    }
  /** What was wanted cannot be had. */
  | { readonly kind: 'failed'; readonly message: string };
