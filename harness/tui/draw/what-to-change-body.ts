import { printWhatToChange } from '../../review/print/print-what-to-change.ts';
import { whatToChange } from '../../review/what-to-change.ts';
import { scenarioOf, storyOfOne } from '../shown-scenarios.ts';
import type { UiState } from '../ui-state.ts';
import type { Brush } from './brush.ts';
import { pageLines } from './page-lines.ts';

/** What to do about the chosen scenario; the printed view, without its title. */
export function whatToChangeBody(state: UiState, brush: Brush): string[] {
  const { story, directory, size } = state;
  const scenario = scenarioOf(state);
  if (story === null || scenario === null) return [];
  const view = whatToChange(storyOfOne(story, scenario), directory ?? '');
  const text = printWhatToChange(view, story.facts.runId, { width: size.columns - 1, paint: brush });
  return pageLines(text, { skip: 2, width: size.columns });
}
