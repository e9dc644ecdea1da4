import type { Brush } from './draw/brush.ts';
import {
  createElement as h,
  type ReactElement,
  useEffect,
  useInput,
  useSyncExternalStore,
  useWindowSize,
} from './ink.ts';
import { eventsOf } from './key-names.ts';
import type { ReviewSession } from './review-session.ts';
import { Screen } from './screen.ts';

/** Hands keys and the window's size to the session, and shows its state. */
export function App({
  session,
  brush,
}: {
  readonly session: ReviewSession;
  readonly brush: Brush;
}): ReactElement {
  const state = useSyncExternalStore(session.subscribe, session.state);
  const { columns, rows } = useWindowSize();
  useInput((input, key) => {
    for (const event of eventsOf(input, key, session.state().typing !== null)) session.dispatch(event);
  });
  useEffect(() => session.dispatch({ kind: 'resize', size: { columns, rows } }), [session, columns, rows]);
  // Drawn for the window as it is now: between a resize and its event the state is one behind.
  return h(Screen, { state: { ...state, size: { columns, rows } }, brush });
}
