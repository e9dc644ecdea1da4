import type { SnapshotEvent } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';

/** What the inventory said of cells at one time. */
export interface WorldMark {
  readonly seq: number;
  readonly atMs: number;
  readonly reason: string;
  readonly cells: readonly CellFacts[];
  readonly backups: number;
}

export interface CellFacts {
  readonly cell: string;
  readonly instances: number;
  readonly hasDatabase: boolean;
  readonly rowsLost: number;
  readonly rowsCorrupted: number;
}

const MOST_MARKS = 256;
const KEPT_FIRST = 128;
const MOST_CELLS = 200;

/** Appends in place; when there are too many, the oldest but the first half goes. */
export function noteWorld(marks: WorldMark[], line: SnapshotEvent & { seq: number; atMs: number }): void {
  marks.push({
    seq: line.seq,
    atMs: line.atMs,
    reason: safeText(line.reason, 64),
    cells: line.cells.slice(0, MOST_CELLS).map(({ cell, instances, hasDatabase, tables }) => ({
      cell: safeText(cell, 64),
      instances,
      hasDatabase,
      rowsLost: sum(tables.map(({ lost }) => lost)),
      rowsCorrupted: sum(tables.map(({ corrupted }) => corrupted)),
    })),
    backups: line.backups,
  });
  if (marks.length > MOST_MARKS) marks.splice(KEPT_FIRST, 1);
}

/** More damage than before, or instances gone: worth a mark on the lane. */
export function isDamaged({ cells }: WorldMark): boolean {
  return cells.some(
    ({ instances, hasDatabase, rowsLost, rowsCorrupted }) =>
      instances === 0 || !hasDatabase || rowsLost + rowsCorrupted > 0,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
