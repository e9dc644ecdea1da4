import type { JournalLine } from '../../journal/events.ts';
import type { TableUse } from './table-use.ts';

/** The job's part that runs an arm again with what a table decided in it; nothing for a journal without a table. */
export function tableOfRecord(lines: readonly JournalLine[]): { readonly table?: TableUse } {
  const recorded = lines.filter(line => line.type === 'table');
  return recorded.length === 0 ? {} : { table: { mode: 'record', lines: recorded } };
}
