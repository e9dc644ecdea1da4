import type { RunStory, ScenarioStory } from '../review/run-story.ts';
import { headOf, type ListEntry } from './list-entry.ts';
import type { Filter, UiState } from './ui-state.ts';

/** The run's scenarios that the filter lets through. */
export function shownScenarios({
  story,
  filter,
}: Pick<UiState, 'story' | 'filter'>): readonly ScenarioStory[] {
  return (story?.scenarios ?? []).filter(({ score }) => filter === 'all' || score?.verdict === filter);
}

/** The scenario that all tabs are about; null when none is shown. */
export function scenarioOf(state: Pick<UiState, 'story' | 'filter' | 'scenarioId'>): ScenarioStory | null {
  const shown = shownScenarios(state);
  return shown.find(({ id }) => id === state.scenarioId) ?? shown[0] ?? null;
}

/** What must be said of the run's files. While a run goes on, journals without an end and a missing scorecard are no news. */
export function shownNotices({ story, live }: Pick<UiState, 'story' | 'live'>): readonly string[] {
  return live !== null && !live.isOver ? [] : (story?.notices ?? []);
}

/** The story with that scenario alone. */
export function storyOfOne(story: RunStory, scenario: ScenarioStory): RunStory {
  return { ...story, scenarios: [scenario] };
}

/** The rows of the list that filter and search let through. A game day stays when one of its runs does. */
export function shownEntries({
  list,
  filter,
  search,
}: Pick<UiState, 'list' | 'filter' | 'search'>): readonly ListEntry[] {
  const all = list.entries ?? [];
  const fits = all.map(entry => passes(entry, filter) && (search === '' || textOf(entry).includes(search)));
  return all.filter((entry, index) => {
    if (fits[index] === true || entry.kind === 'run') return fits[index] === true;
    const end = all.findIndex((other, at) => at > index && !(other.kind === 'run' && other.isPart));
    return fits.slice(index + 1, end === -1 ? all.length : end).includes(true);
  });
}

function passes(entry: ListEntry, filter: Filter): boolean {
  if (filter === 'all') return true;
  const head = headOf(entry);
  return (filter === 'escaped' ? head.escaped : head.inconclusive) > 0;
}

function textOf(entry: ListEntry): string {
  const { directory, name, startedAt } = headOf(entry);
  const scenarios =
    entry.kind === 'run' ? entry.run.scenarios.map(({ id, verdict }) => `${id} ${verdict}`) : [];
  return [directory, name, startedAt, ...scenarios].join(' ').toLowerCase();
}
