import { cutTo, padTo } from '../../report/columns.ts';
import { bodyRows, clamp, windowTop } from '../geometry.ts';
import { headOf, type ListEntry } from '../list-entry.ts';
import { shownEntries } from '../shown-scenarios.ts';
import type { UiState } from '../ui-state.ts';
import type { Brush, BrushTone } from './brush.ts';
import { sized } from './text.ts';

const TRENDS = { better: '▲ better', worse: '▼ worse', same: '= same' } as const;
const COLUMNS = { started: 17, verdicts: 24, score: 6, trend: 9 };

/** Rows of runs and game days, the newest first, and below them the chosen one in words. */
export function listBody(state: UiState, brush: Brush): string[] {
  const { entries, cursor } = state.list;
  if (entries === null) return ['', '  Reading the reports …'];
  const shown = shownEntries(state);
  if (shown.length === 0) return ['', ...none(state)];
  const detail = detailLines(shown[clamp(cursor, 0, shown.length - 1)], state.size.columns, brush);
  const rows = bodyRows(state.size) - 1 - detail.length;
  const at = clamp(cursor, 0, shown.length - 1);
  const top = windowTop(at, { top: at - Math.floor(rows / 2), rows, count: shown.length });
  const lines = shown
    .slice(top, top + rows)
    .map((entry, index) => row(entry, { isChosen: top + index === at, columns: state.size.columns }, brush));
  const gap = Array.from({ length: Math.max(0, rows - lines.length) }, () => '');
  return [heading(state.size.columns, brush), ...lines, ...gap, ...detail];
}

function none({ list, filter, search }: UiState): string[] {
  if ((list.entries ?? []).length > 0)
    return [
      `  Nothing fits ${search === '' ? `the filter "${filter}"` : `"${search}"`}. Esc shows everything again.`,
    ];
  return [
    '  There is no run yet. Make one with:',
    '',
    '    brakecheck run <scenario>',
    '',
    '  brakecheck list shows the scenarios.',
  ];
}

function nameWidth(columns: number): number {
  const { started, verdicts, score, trend } = COLUMNS;
  return Math.max(18, columns - 2 - started - verdicts - score - trend);
}

function heading(columns: number, brush: Brush): string {
  const { started, verdicts, score } = COLUMNS;
  return brush(
    'dim',
    cutTo(
      `  ${padTo('Profile or game day', nameWidth(columns))}${padTo('Started (UTC)', started)}${padTo('Verdicts', verdicts)}${padTo('Score', score)}Trend`,
      columns,
    ),
  );
}

function row(
  entry: ListEntry,
  { isChosen, columns }: { readonly isChosen: boolean; readonly columns: number },
  brush: Brush,
): string {
  const head = headOf(entry);
  const indent = entry.kind === 'run' && entry.isPart ? '  └ ' : '';
  const name = entry.kind === 'game-day' ? `Game day ${head.name}` : head.name;
  const started = head.startedAt === '' ? 'not known' : head.startedAt.slice(0, 16).replace('T', ' ');
  const text = {
    name: sized(`${isChosen ? '▸' : ' '} ${indent}${name}`, nameWidth(columns) + 1),
    started: sized(` ${started}`, COLUMNS.started + 1),
    score: padTo(head.score === null ? '-' : String(head.score), COLUMNS.score),
    trend: head.trend === null ? '' : TRENDS[head.trend],
  };
  const verdicts = verdictParts(head);
  const verdictText = padParts(verdicts, COLUMNS.verdicts);
  if (isChosen)
    return brush(
      'cursor',
      sized(`${text.name}${text.started}${verdictText.plain}${text.score}${text.trend}`, columns),
    );
  return `${text.name}${text.started}${verdictText.painted(brush)}${text.score}${text.trend}`;
}

type Part = readonly [tone: BrushTone, text: string];

function verdictParts({ state, contained, escaped, inconclusive }: ReturnType<typeof headOf>): Part[] {
  if (state === 'unfinished') return [['warn', '… unfinished']];
  const parts: Part[] = [
    ...(escaped > 0 ? [['bad', `✗ ${escaped} escaped`] as const] : []),
    ...(inconclusive > 0 ? [['warn', `? ${inconclusive} open`] as const] : []),
    ...(contained > 0 ? [['good', `✓ ${contained} held`] as const] : []),
  ];
  return parts.length === 0 ? [['dim', 'nothing ran']] : parts;
}

function padParts(parts: readonly Part[], width: number) {
  const plain = parts.map(([, text]) => text).join(' ');
  const gap = ' '.repeat(Math.max(1, width - plain.length));
  return {
    plain: `${plain}${gap}`,
    painted: (brush: Brush) => `${parts.map(([tone, text]) => brush(tone, text)).join(' ')}${gap}`,
  };
}

function detailLines(entry: ListEntry | undefined, columns: number, brush: Brush): string[] {
  if (entry === undefined) return [];
  const rule = brush('dim', '─'.repeat(columns));
  const { directory } = headOf(entry);
  if (entry.kind === 'game-day')
    return [rule, cutTo(`  ${directory}: Enter shows its scoreboard; its runs are below it.`, columns)];
  const verdicts = entry.run.scenarios.map(
    ({ id, verdict }) => `${verdict === 'escaped' ? '✗' : verdict === 'contained' ? '✓' : '?'} ${id}`,
  );
  return [
    rule,
    cutTo(`  ${directory} (${entry.run.runId})`, columns),
    cutTo(`  ${verdicts.join('  ') || 'no verdict yet'}`, columns),
  ];
}
