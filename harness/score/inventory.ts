import type { CellSnapshot } from '../journal/events.ts';
import { type ArmRecord, type LineOf, linesOf } from './arm-record.ts';
import { byText, type PlacedAmount, placeOfCell } from './place.ts';

/** What the oracle's snapshots say of one arm, in absolute terms. */
export interface Inventory {
  /** By cell: rows missing or changed, at the end and at the worst snapshot. */
  readonly rows: Readonly<Record<RowMeasure, ReadonlyMap<string, number>>>;
  /** Cells that lost their database, or were gone altogether, at any time; rebuilt or not. */
  readonly cellsDestroyed: readonly string[];
  readonly backupsDestroyed: number;
  readonly computeTaken: number;
  /** Orders that a shopper saw confirmed and the company no longer knows. */
  readonly ordersForgotten: number;
  readonly hasEnd: boolean;
}

export const ROW_MEASURES = ['rowsLost', 'rowsLostWorst', 'rowsCorrupted', 'rowsCorruptedWorst'] as const;
type RowMeasure = (typeof ROW_MEASURES)[number];

export function inventoryOf(record: ArmRecord): Inventory {
  const snapshots = linesOf(record, 'snapshot');
  const before = snapshots.find(snapshot => snapshot.reason === 'before') ?? null;
  const later = snapshots.filter(snapshot => snapshot !== before);
  const end = later.findLast(snapshot => snapshot.reason === 'end') ?? null;
  const units = later.map(snapshot => snapshot.computeUnits - (before?.computeUnits ?? 0));
  return {
    rows: rowsByMeasure(before, later, end),
    cellsDestroyed: destroyedCells(before, later),
    backupsDestroyed: drops(snapshots.map(snapshot => snapshot.backups)),
    computeTaken: units.reduce((most, taken) => Math.max(most, taken), 0),
    ordersForgotten: Math.max(0, (end?.confirmedOrders ?? 0) - (end?.knownOrders ?? 0)),
    hasEnd: end !== null,
  };
}

/** Amounts by cell beyond the calm arm's. */
export function beyondCalm(
  arm: ReadonlyMap<string, number>,
  calm: ReadonlyMap<string, number>,
): PlacedAmount[] {
  return [...arm]
    .map(([cell, amount]) => ({ ...placeOfCell(cell), amount: amount - (calm.get(cell) ?? 0) }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => byText(a.cell ?? '', b.cell ?? ''));
}

type Snapshot = LineOf<'snapshot'>;

function rowsByMeasure(before: Snapshot | null, later: readonly Snapshot[], end: Snapshot | null) {
  const worst = { rowsLostWorst: new Map<string, number>(), rowsCorruptedWorst: new Map<string, number>() };
  for (const snapshot of later) {
    raise(worst.rowsLostWorst, rowsIn(snapshot, before, 'lost'));
    raise(worst.rowsCorruptedWorst, rowsIn(snapshot, before, 'corrupted'));
  }
  const none = new Map<string, number>();
  return {
    ...worst,
    rowsLost: end === null ? none : rowsIn(end, before, 'lost'),
    rowsCorrupted: end === null ? none : rowsIn(end, before, 'corrupted'),
  };
}

/** A table that can no longer be read has lost every row that it had. */
function rowsIn(
  snapshot: Snapshot,
  before: Snapshot | null,
  what: 'lost' | 'corrupted',
): Map<string, number> {
  const rows = new Map<string, number>();
  for (const cell of snapshot.cells) {
    rows.set(
      cell.cell,
      cell.tables.reduce((sum, table) => sum + table[what], 0),
    );
  }
  if (what === 'corrupted') return rows;
  for (const known of before?.cells ?? []) {
    const now = snapshot.cells.find(({ cell }) => cell === known.cell);
    const gone = known.tables.filter(({ table }) => !now?.tables.some(other => other.table === table));
    const missing = gone.reduce((sum, table) => sum + table.rows, 0);
    rows.set(known.cell, (rows.get(known.cell) ?? 0) + missing);
  }
  return rows;
}

function raise(worst: Map<string, number>, seen: ReadonlyMap<string, number>): void {
  for (const [cell, amount] of seen) worst.set(cell, Math.max(worst.get(cell) ?? 0, amount));
}

function destroyedCells(before: Snapshot | null, later: readonly Snapshot[]): string[] {
  const destroyed = (before?.cells ?? []).filter(known =>
    later.some(snapshot =>
      isDestroyed(
        known,
        snapshot.cells.find(({ cell }) => cell === known.cell),
      ),
    ),
  );
  return destroyed.map(({ cell }) => cell).sort(byText);
}

function isDestroyed(known: CellSnapshot, now: CellSnapshot | undefined): boolean {
  if (known.hasDatabase) return now === undefined || !now.hasDatabase;
  return known.instances > 0 && (now === undefined || now.instances === 0);
}

/** Sum of all decreases: a backup taken later does not bring back one that was destroyed. */
function drops(counts: readonly number[]): number {
  return counts.slice(1).reduce((sum, count, index) => sum + Math.max(0, (counts[index] ?? 0) - count), 0);
}
