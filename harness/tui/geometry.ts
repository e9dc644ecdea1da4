import type { Size } from './ui-state.ts';

/** Below this a plain message is shown instead of the screens. */
const LEAST_SIZE: Size = { columns: 60, rows: 16 };

/** Name of the run, tabs, scenario; and the line of keys. */
const CHROME_ROWS = 4;

export function isTiny({ columns, rows }: Size): boolean {
  return columns < LEAST_SIZE.columns || rows < LEAST_SIZE.rows;
}

/** Rows between the head and the line of keys. */
export function bodyRows({ rows }: Size): number {
  return Math.max(1, rows - CHROME_ROWS);
}

/** The first row to show so that the cursor is seen, moving the window as little as possible. */
export function windowTop(
  cursor: number,
  { top, rows, count }: { top: number; rows: number; count: number },
): number {
  const least = cursor - rows + 1;
  return Math.max(0, Math.min(Math.max(top, least), cursor, Math.max(0, count - rows)));
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
