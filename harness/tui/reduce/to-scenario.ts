import type { UiState } from '../ui-state.ts';

/** All tabs are about another scenario from now on, from its beginning. */
export function toScenario(state: UiState, scenarioId: string): UiState {
  const { timeline, blast } = state;
  const cursor = { ...timeline.cursor, seq: null, atMs: 0 };
  return {
    ...state,
    scenarioId,
    scroll: 0,
    layer: 0,
    blast: { ...blast, atMs: null },
    timeline: { ...timeline, cursor, span: null, lines: { cursor: 0, top: 0, page: null } },
  };
}
