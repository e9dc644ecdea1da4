import { cutTo } from '../../report/columns.ts';
import { formatCount, formatMoment } from '../../report/words.ts';
import type { ScenarioStory } from '../../review/run-story.ts';
import { bodyRows } from '../geometry.ts';
import { cursorOf } from '../timeline-place.ts';
import type { UiState } from '../ui-state.ts';
import type { Brush } from './brush.ts';
import { sized } from './text.ts';

/** A window on every line of the journal of the cursor's arm. */
export function lineRows(state: UiState, scenario: ScenarioStory, brush: Brush): string[] {
  const { columns } = state.size;
  const { arm } = cursorOf(state, scenario);
  const { page, top, cursor } = state.timeline.lines;
  if (page === null || page.arm !== arm || page.scenarioId !== scenario.id) return ['  Reading …'];
  const head = cutTo(
    ` ${arm.toUpperCase()}: line ${formatCount(cursor)} of ${formatCount(page.lineCount)} of its journal`,
    columns,
  );
  const shown = page.rows.filter(({ seq }) => seq >= top).slice(0, bodyRows(state.size) - 1);
  return [
    brush('strong', head),
    ...shown.map(({ seq, atMs, type, text }) => {
      const line = sized(
        `${seq === cursor ? '▸' : ' '}${String(seq).padStart(7)} ${formatMoment(atMs).padStart(7)} ${type} ${text}`,
        columns,
      );
      if (seq === cursor) return brush('cursor', line);
      return type === 'window' ? brush('dim', line) : line;
    }),
  ];
}
