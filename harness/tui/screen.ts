import type { Brush } from './draw/brush.ts';
import { screenLines } from './draw/screen-lines.ts';
import { Box, createElement as h, memo, type ReactElement, Text } from './ink.ts';
import type { UiState } from './ui-state.ts';

/** A state as a screen of text: three blocks, one line of text each. Components are views; they keep no state of their own. */
export function Screen({ state, brush }: { readonly state: UiState; readonly brush: Brush }): ReactElement {
  const { head, body, foot } = screenLines(state, brush);
  const { columns, rows } = state.size;
  return h(
    Box,
    { flexDirection: 'column', width: columns, height: rows, overflow: 'hidden' },
    ...head.map((line, index) => h(Line, { key: `head-${index}`, line })),
    ...body.map((line, index) => h(Line, { key: `body-${index}`, line })),
    h(Line, { key: 'foot', line: foot }),
  );
}

/** Nothing is wrapped by the terminal: every line was made to fit, and what still does not is cut. */
const Line = memo(function Line({ line }: { readonly line: string }): ReactElement {
  return h(Text, { wrap: 'truncate' }, line === '' ? ' ' : line);
});
