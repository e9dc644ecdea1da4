import { cutTo, widthOf } from '../../report/columns.ts';
import { BASIS_SIGNS } from '../../review/basis-columns.ts';
import { TONE_SIGNS } from '../../review/print/page.ts';
import type { Overlay, TimelineMode, UiState } from '../ui-state.ts';

/** The keys that matter most where the reader stands, in one line. */
export function keysOf(state: UiState): string {
  if (state.overlay !== null) return OVERLAY_KEYS[state.overlay.kind];
  if (state.screen === 'list')
    return 'j/k move  Enter open  / search  f filter  r read again  ? help  q quit';
  if (state.tab === 'timeline') return TIMELINE_KEYS[state.timeline.mode];
  return TAB_KEYS[state.tab];
}

/** As many keys of such a line as fit; the way to all of them, or out, stays. */
export function fittingKeys(keys: string, columns: number): string {
  const parts = keys.split('  ');
  while (widthOf(parts.join('  ')) > columns) {
    const last = parts.findLastIndex(part => !/^(\? help|Esc )/.test(part));
    if (last === -1) break;
    parts.splice(last, 1);
  }
  return cutTo(parts.join('  '), columns);
}

const OVERLAY_KEYS: Readonly<Record<Overlay['kind'], string>> = {
  help: 'j/k scroll  Esc close',
  leave: 'j/k choose  Enter do it  Esc stay',
  record: 'j/k scroll  ←/→ event before/after  Esc close',
  page: 'j/k scroll  Esc close',
  'choose-run': 'j/k choose  Enter compare with it  Esc close',
};
const TIMELINE_KEYS: Readonly<Record<TimelineMode, string>> = {
  lanes: '←/→ event  ↑/↓ lane  x harm  m moment  +/- zoom  Enter open  e list  ? help',
  events: 'j/k event  x harm  Enter open  A other arm  / search  e all lines  ? help',
  lines: 'j/k line  g/G ends  Enter open  A other arm  e lanes  ? help  q quit',
};
const TAB_KEYS: Readonly<Record<Exclude<UiState['tab'], 'timeline'>, string>> = {
  overview: 'j/k scenario  PgDn read on  Tab next view  f filter  / search  ? help  q quit',
  'blast-radius': '←/→ change  H/L scrub  w worst  j/k service  [ ] scenario  ? help  q quit',
  layers: 'j/k layer  Enter its event  PgDn read on  [ ] scenario  ? help  q quit',
  'what-to-change': 'j/k scroll  [ ] scenario  / search  Tab next  ? help  q quit',
  compare: 'c choose a run  x the arms  j/k scroll  [ ] scenario  ? help  q quit',
};

/** All keys, for the help. An empty line parts groups. */
export const ALL_KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['Everywhere', ''],
  ['q', 'leave; while a run goes on, it asks whether to stop it'],
  ['Ctrl-C', 'leave at once; while a run goes on, stop it'],
  ['?', 'this help'],
  ['/', 'search; Enter finds, Esc gives up; then n and N: next and previous'],
  ['f', 'filter: all, only escaped, only inconclusive'],
  ['Esc', 'close, clear the search, go back to the list of runs'],
  ['j k ↓ ↑', 'down, up'],
  ['PgDn PgUp Space', 'a page on, a page back; Ctrl-D and Ctrl-U: half a page'],
  ['g G Home End', 'to the beginning, to the end'],
  ['', ''],
  ['In a run', ''],
  ['Tab Shift-Tab 1-6', 'next tab, previous tab, a tab by number'],
  ['[ ]', 'previous scenario, next scenario'],
  ['', ''],
  ['Timeline', ''],
  ['← → h l', 'previous, next event of the lane'],
  ['↑ ↓ k j', 'lane above, below; through the arms'],
  ['n N', 'next, previous event of the same kind (of the search, when there is one)'],
  ['x X', 'next, previous harmful event'],
  ['m M', 'next, previous moment: action, effect, first harm, detected, spread stopped, steady again'],
  ['+ - (i o)', 'zoom in, zoom out, around the cursor'],
  ['H L , . PgUp PgDn', 'earlier, later by half a screen'],
  ['0', 'the whole time again'],
  ['Enter', 'open the event with its full record; ← → there: the one before, after'],
  ['e', 'lanes, list of events, every line of the journal'],
  ['a', 'the two arms of the mistake, or all arms'],
  ['A', 'the next arm, at the same time'],
  ['', ''],
  ['Blast radius', ''],
  ['← → h l', 'previous, next time at which a service changes'],
  ['H L', 'scrub earlier, later'],
  ['w 0', 'each service at its worst; the beginning'],
  ['a', 'the two arms of the mistake, or all arms'],
  ['', ''],
  ['Compare', ''],
  ['c', 'choose a run to compare with'],
  ['x', 'compare the two arms of the mistake again'],
  ['', ''],
  ['Signs of the timeline', ''],
  [
    `${TONE_SIGNS.good} ${TONE_SIGNS.bad} ${TONE_SIGNS.warn} ${TONE_SIGNS.plain}`,
    'held, noticed or repaired; harmful or failed; in between; anything else',
  ],
  ['─', 'time that people took'],
  ['A E H D S R', 'moments: action, effect, first harm, detected, spread stopped, steady again'],
  ['▁ to █', 'share of visits that succeeded, none to all; blank: nobody came'],
  [
    `${BASIS_SIGNS.measured} ${BASIS_SIGNS.partly} ${BASIS_SIGNS.extrapolated}`,
    'on live stacks, what the bars rest on: visits lived through; some of both; a sample held until the next one',
  ],
];
