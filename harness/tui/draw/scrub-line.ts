import { cutTo } from '../../report/columns.ts';
import { formatMoment } from '../../report/words.ts';
import type { Brush } from './brush.ts';

/** World time as a line: `┼` where harm changes, `●` the time that is shown. */
export function scrubLine(
  changes: readonly number[],
  {
    atMs,
    endMs,
    columns,
  }: { readonly atMs: number | null; readonly endMs: number; readonly columns: number },
  brush: Brush,
): string {
  const passed = changes.filter(time => atMs !== null && time <= atMs).length;
  const label =
    atMs === null ? 'each at its worst' : `at ${formatMoment(atMs)}, change ${passed} of ${changes.length}`;
  const room = Math.max(10, columns - 44);
  const cells = Array.from({ length: room }, () => '─');
  const place = (time: number) => Math.min(room - 1, Math.floor((time / endMs) * room));
  for (const time of changes) cells[place(time)] = '┼';
  if (atMs !== null) cells[place(atMs)] = '●';
  const line = ` 0h ${cells.join('')} ${formatMoment(endMs)}`;
  return `${brush('accent', line)}  ${brush('strong', cutTo(label, columns - room - 14))}`;
}
