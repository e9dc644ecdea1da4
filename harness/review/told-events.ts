import type { EventMark } from './event-mark.ts';
import type { LaneView } from './timeline.ts';

/** An event that tells the story, and how often it happened at that time. */
export interface ToldEvent {
  readonly mark: EventMark;
  readonly times: number;
}

/** What tells an arm's story, in the journal's order; what repeats at once is one. */
export function toldEvents(lanes: readonly LaneView[]): ToldEvent[] {
  return folded(tellingMarks(lanes.flatMap(lane => lane.marks)));
}

/** A request is told by what became of it, an effect by its end; quiet marks of world and guardrails are left to the lanes. */
function tellingMarks(marks: readonly EventMark[]): EventMark[] {
  const ended = new Set(
    marks.filter(({ kind }) => kind !== 'asked' && kind !== 'started').map(({ action }) => action),
  );
  const begun = new Set(marks.filter(({ kind }) => kind !== 'asked').map(({ action }) => action));
  return marks
    .filter(({ kind, action }) => action === null || !(kind === 'asked' && begun.has(action)))
    .filter(({ kind, action }) => action === null || !(kind === 'started' && ended.has(action)))
    .filter(({ tone, lane, type }) => tone !== 'plain' || lane === 'agent' || type === 'person')
    .toSorted((one, other) => one.seq - other.seq);
}

function folded(marks: readonly EventMark[]): ToldEvent[] {
  const all: ToldEvent[] = [];
  for (const mark of marks) {
    const at = all.findIndex(
      one => one.mark.label === mark.label && one.mark.who === mark.who && one.mark.atMs === mark.atMs,
    );
    const twin = all[at];
    if (twin === undefined) all.push({ mark, times: 1 });
    else all[at] = { mark: twin.mark, times: twin.times + 1 };
  }
  return all;
}
