import { plural } from '../../report/words.ts';
import { pageOf, pageRoom } from '../draw/body.ts';
import { plainBrush } from '../draw/brush.ts';
import { clamp } from '../geometry.ts';
import { scenarioOf, shownScenarios } from '../shown-scenarios.ts';
import type { UiState } from '../ui-state.ts';
import { jumped } from './jump.ts';
import { toScenario } from './to-scenario.ts';

/** Goes to the next (or the previous) place that has the words searched for: an event on the timeline, a line elsewhere. */
export function nextFinding(state: UiState, direction: 1 | -1): UiState {
  const { search } = state;
  if (state.tab === 'timeline') {
    return jumped(state, { direction, query: search === '' ? null : { text: search } });
  }
  if (search === '') return { ...state, message: 'Nothing is searched for yet: / begins.' };
  const named = state.tab === 'overview' ? nextNamed(state, direction) : null;
  if (named !== null) return named;
  const lines = pageOf(state, plainBrush);
  const { rows } = pageRoom(state, plainBrush);
  const hits = lines.flatMap((line, index) => (line.toLowerCase().includes(search) ? [index] : []));
  const last = Math.max(0, lines.length - rows);
  const here = clamp(state.scroll, 0, last);
  const next =
    direction === 1
      ? (hits.find(index => index > here) ?? hits[0])
      : (hits.findLast(index => index < here) ?? hits.at(-1));
  if (next === undefined) return { ...state, message: `"${search}" is not in this text.` };
  return {
    ...state,
    scroll: clamp(next, 0, last),
    message: `${plural(hits.length, 'line')} with "${search}".`,
  };
}

/** On the overview: the next scenario whose name or title has the words; null when no other has. */
function nextNamed(state: UiState, direction: 1 | -1): UiState | null {
  const shown = shownScenarios(state);
  const here = shown.findIndex(({ id }) => id === scenarioOf(state)?.id);
  const order = [...shown.slice(here + 1), ...shown.slice(0, here)];
  const found = (direction === 1 ? order : order.toReversed()).find(({ id, score }) =>
    `${id} ${score?.title ?? ''}`.toLowerCase().includes(state.search),
  );
  return found === undefined ? null : toScenario(state, found.id);
}
