import { layers } from '../../review/layers.ts';
import { clamp } from '../geometry.ts';
import { scenarioOf } from '../shown-scenarios.ts';
import type { Key } from '../ui-event.ts';
import type { UiState } from '../ui-state.ts';
import { moved, pagesOf } from './move.ts';

/** Keys of the layers; null: the key is not theirs. */
export function onLayersKey(state: UiState, key: Key): UiState | null {
  const scenario = scenarioOf(state);
  const all = scenario === null ? [] : (layers(scenario).layers ?? []);
  const at = clamp(state.layer, 0, Math.max(0, all.length - 1));
  if (key === 'enter') {
    const seq = all[at]?.seq ?? null;
    if (scenario === null || seq === null)
      return { ...state, message: 'This layer left no event that could be opened.' };
    const target = { scenarioId: scenario.id, arm: 'guarded', seq } as const;
    return { ...state, overlay: { kind: 'record', target, fields: null, scroll: 0 } };
  }
  if (pagesOf(key) !== 0) return null;
  const next = moved(key, at, { count: all.length, page: 1 });
  return next === null ? null : { ...state, layer: next, scroll: 0 };
}
