import { cutTo, wrap } from '../../report/columns.ts';
import { formatMoment, plural } from '../../report/words.ts';
import type { EventMark } from '../../review/event-mark.ts';
import { TONE_PAINTS, TONE_SIGNS } from '../../review/print/page.ts';
import type { ScenarioStory } from '../../review/run-story.ts';
import { eventsListed } from '../events-listed.ts';
import { windowTop } from '../geometry.ts';
import { cursorOf } from '../timeline-place.ts';
import type { UiState } from '../ui-state.ts';
import type { Brush } from './brush.ts';
import { sized } from './text.ts';

/** Events of the cursor's arm in words, one a line, with the cursor in the middle. */
export function eventRows(state: UiState, scenario: ScenarioStory, rows: number, brush: Brush): string[] {
  const cursor = cursorOf(state, scenario);
  const events = eventsListed(state, scenario);
  const { columns } = state.size;
  const dropped = scenario.arms[cursor.arm]?.eventsDropped ?? 0;
  const more = dropped === 0 ? '' : `; ${plural(dropped, 'event')} in between only in the journal (e)`;
  const found = state.search === '' ? '' : ` with "${state.search}"`;
  const head = cutTo(
    ` ${cursor.arm.toUpperCase()}: ${plural(events.length, 'event')}${found}${more}`,
    columns,
  );
  const room = Math.max(1, rows - 1);
  const at = Math.max(
    0,
    events.findIndex(({ seq }) => seq >= (cursor.seq ?? 0)),
  );
  const top = windowTop(at, { top: at - Math.floor(room / 2), rows: room, count: events.length });
  const lines = events
    .slice(top, top + room)
    .map(mark => eventRow(mark, mark.seq === cursor.seq, columns, brush));
  return [brush('strong', head), ...lines];
}

function eventRow(mark: EventMark, isChosen: boolean, columns: number, brush: Brush): string {
  const { atMs, tone, lane, seq } = mark;
  const text = `${isChosen ? '▸' : ' '}${formatMoment(atMs).padStart(7)} ${TONE_SIGNS[tone]} ${lane.padEnd(10)} ${whoSays(mark)}`;
  const place = ` ${seq}`;
  const line = `${sized(text, columns - place.length)}${place}`;
  if (isChosen) return brush('cursor', line);
  return tone === 'plain' ? line : brush(TONE_PAINTS[tone], line);
}

/** The event under the cursor in full words; two lines, and one that says what it is. */
export function eventDetail(state: UiState, scenario: ScenarioStory, brush: Brush): string[] {
  const cursor = cursorOf(state, scenario);
  const { columns } = state.size;
  const mark = scenario.arms[cursor.arm]?.events.find(({ seq }) => seq === cursor.seq);
  if (mark === undefined)
    return wrap(` ${formatMoment(cursor.atMs)} in ${cursor.arm}, ${cursor.lane}: no event here.`, {
      width: columns,
    });
  const sign = brush(TONE_PAINTS[mark.tone], TONE_SIGNS[mark.tone]);
  const since =
    mark.fromMs !== null && mark.fromMs < mark.atMs ? `, begun at ${formatMoment(mark.fromMs)}` : '';
  const text = wrap(`${formatMoment(mark.atMs)} ${whoSays(mark)}${since}`, { width: columns - 4 });
  const shown = text.slice(0, 2).map((line, index) => `${index === 0 ? ` ${sign} ` : '   '}${line}`);
  return [
    ...shown,
    brush(
      'dim',
      cutTo(`   ${mark.lane}, ${mark.kind}; line ${mark.seq} of ${cursor.arm}; Enter opens it`, columns),
    ),
  ];
}

function whoSays({ who, label }: EventMark): string {
  return who === '' || label.startsWith(who) ? label : `${who}: ${label}`;
}
