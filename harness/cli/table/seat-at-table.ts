import type { TableAsk, TableReply, TableSeat } from '../../run/table.ts';
import { seatOfRecord } from './seat-of-record.ts';
import type { TableLine } from './table-line.ts';
import type { TableUse } from './table-use.ts';

/** Who sits at an arm's table; undefined where nobody does. `missing` hears of what a record does not hold. */
export function seatAtTable(
  use: TableUse | undefined,
  {
    line,
    missing,
    gateMs,
  }: { readonly line: TableLine; readonly missing: string[]; readonly gateMs: number },
): TableSeat | undefined {
  if (use === undefined) return undefined;
  if (use.mode === 'record') return seatOfRecord(use.lines, gateMs, missing);
  const ask = (asked: TableAsk): Promise<TableReply> => line.ask(asked);
  return { plays: use.plays, injects: use.injects, ask };
}
