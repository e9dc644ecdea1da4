import type { Size, UiState } from './ui-state.ts';

/** The first state: the list of runs, or a run that is to be opened. */
export function initialUi(given: {
  readonly size: Size;
  /** Null: begin with the list. */
  readonly directory: string | null;
  readonly isLive?: boolean;
  /** An earlier run to compare with. */
  readonly against?: string;
}): UiState {
  const { size, directory, isLive = false, against } = given;
  return {
    size,
    screen: directory === null && !isLive ? 'list' : 'run',
    list: { entries: null, cursor: 0 },
    directory,
    ...NO_RUN,
    live: isLive ? { isOver: false, progress: '' } : null,
    filter: 'all',
    search: '',
    typing: null,
    against: against === undefined ? null : { directory: against, story: null },
    overlay: null,
    message: null,
    left: null,
  };
}

/** Where a reader stands in a run that was just opened. */
export const NO_RUN = {
  story: null,
  pending: 0,
  tab: 'overview',
  scenarioId: null,
  scroll: 0,
  timeline: {
    mode: 'lanes',
    arms: 'mistake',
    cursor: { arm: 'unguarded', lane: 'agent', seq: null, atMs: 0 },
    span: null,
    lines: { cursor: 0, top: 0, page: null },
  },
  blast: { atMs: null, row: null },
  layer: 0,
} as const satisfies Partial<UiState>;
