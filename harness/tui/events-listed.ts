import type { EventMark } from '../review/event-mark.ts';
import type { ScenarioStory } from '../review/run-story.ts';
import { matches } from '../review/timeline.ts';
import { cursorOf } from './timeline-place.ts';
import type { UiState } from './ui-state.ts';

/** The events of the cursor's arm that the search lets through. */
export function eventsListed(
  state: Pick<UiState, 'timeline' | 'search'>,
  scenario: ScenarioStory,
): readonly EventMark[] {
  const events = scenario.arms[cursorOf(state, scenario).arm]?.events ?? [];
  return state.search === '' ? events : events.filter(mark => matches(mark, { text: state.search }));
}
