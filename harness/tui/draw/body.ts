import { bodyRows } from '../geometry.ts';
import { scenarioOf } from '../shown-scenarios.ts';
import type { UiState } from '../ui-state.ts';
import { blastBody } from './blast-body.ts';
import type { Brush } from './brush.ts';
import { compareBody } from './compare-body.ts';
import { layersBody } from './layers-body.ts';
import { overviewBody } from './overview-body.ts';
import { timelineBody } from './timeline-body.ts';
import { whatToChangeBody } from './what-to-change-body.ts';

/** What a tab shows: lines that stay, and below them a text that scrolls. */
export interface Body {
  readonly head: readonly string[];
  readonly page: readonly string[];
}

/** The tab in front. */
export function bodyOf(state: UiState, brush: Brush): Body {
  if (state.story === null)
    return { head: ['', state.live === null ? '  Opening the run …' : '  The run begins …'], page: [] };
  if (scenarioOf(state) === null && state.tab !== 'overview' && state.tab !== 'compare')
    return nothing(state);
  switch (state.tab) {
    case 'overview':
      return overviewBody(state, brush);
    case 'timeline':
      return { head: timelineBody(state, brush), page: [] };
    case 'blast-radius':
      return { head: blastBody(state, brush), page: [] };
    case 'layers':
      return layersBody(state, brush);
    case 'what-to-change':
      return { head: [], page: whatToChangeBody(state, brush) };
    case 'compare':
      return { head: [], page: compareBody(state, brush) };
  }
}

/** The text of the tab that scrolls. */
export function pageOf(state: UiState, brush: Brush): readonly string[] {
  return bodyOf(state, brush).page;
}

/** How long that text is, and how many rows it has. */
export function pageRoom(state: UiState, brush: Brush): { readonly lines: number; readonly rows: number } {
  const { head, page } = bodyOf(state, brush);
  return { lines: page.length, rows: Math.max(1, bodyRows(state.size) - head.length) };
}

function nothing({ filter, live }: UiState): Body {
  const why =
    filter !== 'all'
      ? `No scenario of this run is ${filter}. f changes the filter.`
      : live !== null && !live.isOver
        ? 'No arm has begun yet.'
        : 'This run has no scenario that can be read.';
  return { head: ['', `  ${why}`], page: [] };
}
