import { cutTo, padTo, wrap } from '../../report/columns.ts';
import { safeText } from '../../report/safe-text.ts';
import { choosableRuns } from '../choosable-runs.ts';
import { bodyRows, windowTop } from '../geometry.ts';
import type { Overlay, UiState } from '../ui-state.ts';
import type { Brush } from './brush.ts';
import { ALL_KEYS } from './keys.ts';
import { sized } from './text.ts';

/** What lies on top of a screen, as lines; those that scroll come whole. */
export function overlayLines(state: UiState, overlay: Overlay, brush: Brush): string[] {
  const { columns } = state.size;
  switch (overlay.kind) {
    case 'help':
      return helpLines(columns, brush);
    case 'leave':
      return leaveLines(overlay.choice, columns, brush);
    case 'record':
      return recordLines(overlay, columns, brush);
    case 'page':
      return overlay.lines === null ? ['', '  Reading …'] : overlay.lines.map(line => ` ${line}`);
    case 'choose-run':
      return chooseLines(state, overlay.cursor, brush);
  }
}

function helpLines(columns: number, brush: Brush): string[] {
  const gutter = 20;
  return ALL_KEYS.flatMap(([keys, what]) => {
    if (what === '') return [keys === '' ? '' : brush('strong', ` ${keys}`)];
    return wrap(what, { width: columns - gutter - 4 }).map(
      (line, index) => `   ${brush('accent', padTo(index === 0 ? keys : '', gutter))}${line}`,
    );
  });
}

const CHOICES = [
  ['v', 'Leave the screen; the run goes on and prints lines of progress'],
  ['s', 'Stop the run: every arm closes its journal, and what there is is judged'],
  ['Esc', 'Stay here'],
] as const;

function leaveLines(choice: number, columns: number, brush: Brush): string[] {
  return [
    '',
    brush('strong', '  The run goes on. What now?'),
    '',
    ...CHOICES.map(([key, what], index) => {
      const line = sized(`  ${index === choice ? '▸' : ' '} ${key.padEnd(4)} ${what}`, columns);
      return index === choice ? brush('cursor', line) : line;
    }),
  ];
}

function recordLines(
  { target, fields }: Extract<Overlay, { kind: 'record' }>,
  columns: number,
  brush: Brush,
): string[] {
  const head = brush('strong', cutTo(` Line ${target.seq} of ${target.scenarioId}, ${target.arm}`, columns));
  if (fields === null) return [head, ' Reading …'];
  const gutter = Math.min(34, Math.max(12, ...fields.map(({ path }) => path.length + 2)));
  return [
    head,
    '',
    ...fields.flatMap(({ path, value }) => {
      const name = padTo(cutTo(path, gutter - 1), gutter);
      return wrap(value, { width: Math.max(16, columns - gutter - 2) }).map(
        (line, index) => ` ${brush('accent', index === 0 ? name : ' '.repeat(gutter))}${line}`,
      );
    }),
  ];
}

function chooseLines(state: UiState, cursor: number, brush: Brush): string[] {
  const runs = choosableRuns(state);
  const { columns } = state.size;
  const head = brush('strong', ' Compare with which run?');
  if (state.list.entries === null) return [head, ' Reading the reports …'];
  if (runs.length === 0) return [head, ' There is no other run.'];
  const rows = bodyRows(state.size) - 2;
  const top = windowTop(cursor, { top: cursor - Math.floor(rows / 2), rows, count: runs.length });
  return [
    head,
    '',
    ...runs.slice(top, top + rows).map(({ directory, words }, index) => {
      const isChosen = top + index === cursor;
      const line = sized(` ${isChosen ? '▸' : ' '} ${safeText(directory, 200)}  ${words}`, columns);
      return isChosen ? brush('cursor', line) : line;
    }),
  ];
}
