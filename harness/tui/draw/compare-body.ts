import { safeText } from '../../report/safe-text.ts';
import { compareArms, compareRuns } from '../../review/compare.ts';
import { printArms, printCompare } from '../../review/print/print-compare.ts';
import { scenarioOf } from '../shown-scenarios.ts';
import type { UiState } from '../ui-state.ts';
import type { Brush } from './brush.ts';
import { pageLines } from './page-lines.ts';

/** Two runs beside each other, or the two arms of the mistake; the printed views. */
export function compareBody(state: UiState, brush: Brush): string[] {
  const { story, against, size } = state;
  const scenario = scenarioOf(state);
  if (story === null) return [];
  const options = { width: size.columns - 1, paint: brush };
  if (against !== null) {
    if (against.story === null) return [` Reading ${safeText(against.directory, 200)} …`];
    return pageLines(printCompare(compareRuns(against.story, story), options), {
      skip: 0,
      width: size.columns,
    });
  }
  if (scenario === null) return [' There is no scenario to compare.'];
  const difference = compareArms(scenario, 'unguarded', 'guarded');
  return [
    ...pageLines(printArms(difference, ['unguarded', 'guarded'], options), { skip: 0, width: size.columns }),
    '',
    brush('dim', ' c chooses another run: what changed, and which issues were found and fixed.'),
  ];
}
