import { wrap } from '../../report/columns.ts';
import { bodyRows, clamp, isTiny } from '../geometry.ts';
import type { UiState } from '../ui-state.ts';
import { type Body, bodyOf } from './body.ts';
import type { Brush } from './brush.ts';
import { footLine, headLines } from './chrome.ts';
import { listBody } from './list-body.ts';
import { overlayLines } from './overlay.ts';
import { cutShown } from './text.ts';

/** The three parts of a screen; together exactly as many lines as the window has rows. */
export interface ScreenLines {
  readonly head: readonly string[];
  readonly body: readonly string[];
  readonly foot: string;
}

/** Draws a state. Pure: the same state gives the same lines. */
export function screenLines(state: UiState, brush: Brush): ScreenLines {
  const { size } = state;
  if (isTiny(size)) return tiny(size);
  const rows = bodyRows(size);
  const within = (line: string) => cutShown(line, size.columns);
  const body = filled(bodyLines(state, brush, rows), rows);
  return {
    head: headLines(state, brush).map(within),
    body: body.map(within),
    foot: within(footLine(state, brush)),
  };
}

function bodyLines(state: UiState, brush: Brush, rows: number): readonly string[] {
  const { overlay } = state;
  if (overlay !== null) {
    const lines = overlayLines(state, overlay, brush);
    return 'scroll' in overlay
      ? scrolled({ head: [], page: lines }, { scroll: overlay.scroll, rows }, brush)
      : lines;
  }
  if (state.screen === 'list') return listBody(state, brush);
  return scrolled(bodyOf(state, brush), { scroll: state.scroll, rows }, brush);
}

/** The head, and of the page what fits below it; the last row says how much more there is. */
function scrolled(
  { head, page }: Body,
  { scroll, rows }: { readonly scroll: number; readonly rows: number },
  brush: Brush,
): readonly string[] {
  const room = Math.max(1, rows - head.length);
  if (page.length <= room) return [...head, ...page];
  const top = clamp(scroll, 0, page.length - room);
  const below = page.length - room - top;
  const shown = page.slice(top, top + room);
  if (below > 0) shown[room - 1] = brush('dim', `  ▼ ${below + 1} more lines (PgDn)`);
  return [...head, ...shown];
}

function filled(lines: readonly string[], rows: number): string[] {
  return Array.from({ length: rows }, (_, index) => lines[index] ?? '');
}

/** A window too small for the screens gets a sentence, as far as it fits. */
function tiny({ columns, rows }: UiState['size']): ScreenLines {
  const words = [
    'brakecheck',
    `The window is too small (${columns} × ${rows}).`,
    'It needs 60 × 16. q leaves.',
  ];
  const lines = words.flatMap(line => wrap(line, { width: Math.max(1, columns) }));
  return { head: [], body: lines.slice(0, Math.max(1, rows)), foot: '' };
}
