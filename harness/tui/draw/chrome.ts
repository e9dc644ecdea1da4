import { cutTo, padTo, widthOf } from '../../report/columns.ts';
import { safeText } from '../../report/safe-text.ts';
import { formatCount, plural } from '../../report/words.ts';
import { scenarioOf, shownNotices, shownScenarios } from '../shown-scenarios.ts';
import { TABS, type UiState } from '../ui-state.ts';
import type { Brush } from './brush.ts';
import { fittingKeys, keysOf } from './keys.ts';
import { sized, spread } from './text.ts';
import { SHORT_TAB_WORDS, severityText, TAB_WORDS, verdictOf, verdictText } from './words.ts';

/** The three lines above every screen: the run, the tabs, the scenario. */
export function headLines(state: UiState, brush: Brush): string[] {
  const { columns } = state.size;
  if (state.screen === 'list') return listHead(state, brush);
  return [brush('bar', titleLine(state, columns)), tabLine(state, brush), scenarioLine(state, brush)];
}

function listHead(state: UiState, brush: Brush): string[] {
  const { columns } = state.size;
  const { entries } = state.list;
  const count = entries === null ? 'reading …' : plural(entries.length, 'entry').replace('entrys', 'entries');
  return [
    brush('bar', spread(' brakecheck: runs and game days, the newest first', `${count} `, columns)),
    brush('dim', cutTo(narrowing(state), columns)),
    '',
  ];
}

function titleLine(state: UiState, columns: number): string {
  const { story, live, pending } = state;
  if (story === null) return sized(` brakecheck: ${safeText(state.directory ?? '', 200)}`, columns);
  const { runId, profile, stack, seed } = story.facts;
  const left = ` ${runId}   profile ${profile}, stack ${stack}, seed ${seed}`;
  return spread(left, `${statusWords({ live, pending, story })} `, columns);
}

function statusWords({
  live,
  pending,
  story,
}: Pick<UiState, 'live' | 'pending'> & { readonly story: NonNullable<UiState['story']> }): string {
  if (live !== null && !live.isOver) return '● RUNNING';
  if (pending > 0) return `reading, about ${formatCount(pending)} lines to go`;
  if (story.card === null) return 'not judged';
  const { scenarios, score } = story.card;
  const escaped = scenarios.filter(({ verdict }) => verdict === 'escaped').length;
  const held = scenarios.filter(({ verdict }) => verdict === 'contained').length;
  const open = scenarios.length - escaped - held;
  const verdicts =
    escaped > 0
      ? `✗ ${escaped} of ${scenarios.length} escaped`
      : open > 0 || held === 0
        ? `? ${open} of ${scenarios.length} inconclusive`
        : `✓ ${held} of ${scenarios.length} contained`;
  const blocked = scenarios.filter(({ overBlocked }) => overBlocked).length;
  const twins = blocked > 0 ? `, ✗ ${blocked} over-blocked` : '';
  return `${verdicts}${twins}${score.value === null ? '' : `, score ${score.value}`}`;
}

function tabLine({ tab, size }: UiState, brush: Brush): string {
  const wide = size.columns >= 96;
  const words = size.columns < 80 ? SHORT_TAB_WORDS : TAB_WORDS;
  const parts = TABS.map((name, index) => {
    const text = size.columns < 64 ? `${index + 1} ${words[name]} ` : ` ${index + 1} ${words[name]} `;
    return name === tab ? brush('cursor', text) : text;
  });
  return parts.join(wide ? '  ' : '');
}

/** Which scenario all tabs are about, and what narrows the view; on the right what the reader must not miss. */
function scenarioLine(state: UiState, brush: Brush): string {
  const { columns } = state.size;
  const scenario = scenarioOf(state);
  const notices = shownNotices(state).length;
  const narrowed = narrowing(state);
  const right = [narrowed, notices > 0 ? `! ${plural(notices, 'notice')} (Overview)` : '']
    .filter(part => part !== '')
    .join('  ');
  if (scenario === null || state.tab === 'overview')
    return brush('warn', padTo(cutTo(right, columns), columns));
  const shown = shownScenarios(state);
  const at = shown.indexOf(scenario) + 1;
  const place = shown.length > 1 ? ` [${at}/${shown.length}]` : '';
  const severity = severityText(scenario);
  const name = cutTo(` ${safeText(scenario.id, 64)}${place}  `, columns);
  const verdict = verdictText(verdictOf(scenario), brush);
  const room = columns - widthOf(name) - 15;
  if (room <= 0) return brush('strong', name);
  const rest = right === '' ? sized(severity, room) : spread(severity, right, room);
  return `${brush('strong', name)}${verdict}${rest}`;
}

function narrowing({ filter, search, screen }: UiState): string {
  const parts = [
    ...(filter === 'all' ? [] : [`only ${filter}`]),
    ...(search === '' ? [] : [`${screen === 'list' ? 'with' : 'search'} "${search}"`]),
  ];
  return parts.length === 0 ? '' : `${screen === 'list' ? ' ' : ''}${parts.join(', ')} (Esc clears)`;
}

/** The last line: what is typed, a message, or the keys that matter here. */
export function footLine(state: UiState, brush: Brush): string {
  const { columns } = state.size;
  if (state.typing !== null) return cutTo(`/${state.typing}█`, columns);
  if (state.message !== null) return brush('warn', cutTo(` ${state.message}`, columns));
  const { live } = state;
  if (live !== null && !live.isOver && live.progress !== '' && state.overlay === null) {
    const progress = safeText(live.progress, 300);
    return brush('accent', spread(` ${progress}`, '? keys  q leave', columns));
  }
  if (live?.isOver === true && state.overlay === null)
    return brush(
      'accent',
      spread(` The run has ended: q leaves, and its result is printed.`, '? keys', columns),
    );
  return brush('dim', ` ${fittingKeys(keysOf(state), columns - 1)}`);
}
