import type { SlotId, StartedStack } from '../ports/stack.ts';
import type { World } from '../scenario/world-schema.ts';
import { quoteName, quoteValue } from './sql-text.ts';

export type WatchedTable = World['watchedTables'][number];
export type Row = Readonly<Record<string, unknown>>;

/** Rows in one statement when rows are written back. */
const ROWS_PER_STATEMENT = 50;

/** All rows of a table. */
export async function readRows(
  stack: StartedStack,
  slot: SlotId,
  table: WatchedTable,
): Promise<readonly Row[]> {
  const result = await stack.sql(
    slot,
    `select * from ${quoteName(table.table)} order by ${quoteName(table.key)}`,
  );
  return result.rows;
}

/** Rows of the backup that are missing now, or differ in a watched column. Rows that are new since then are left alone. */
export function damagedRows(
  table: WatchedTable,
  { backup, live }: { readonly backup: readonly Row[]; readonly live: readonly Row[] },
): readonly Row[] {
  const byKey = new Map(live.map(row => [String(row[table.key]), row]));
  return backup.filter(row => {
    const now = byKey.get(String(row[table.key]));
    if (now === undefined) return true;
    return table.columns.some(column => String(now[column]) !== String(row[column]));
  });
}

/** Puts the rows back as they were in the backup, whole: inserts what is missing, overwrites what is there. */
export async function writeBack(
  stack: StartedStack,
  slot: SlotId,
  { table, rows }: { readonly table: WatchedTable; readonly rows: readonly Row[] },
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const names = columns.map(quoteName);
  const updates = columns
    .filter(column => column !== table.key)
    .map(column => `${quoteName(column)} = excluded.${quoteName(column)}`);
  const onConflict = updates.length === 0 ? 'do nothing' : `do update set ${updates.join(', ')}`;
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const values = rows
      .slice(from, from + ROWS_PER_STATEMENT)
      .map(row => `(${columns.map(column => quoteValue(row[column])).join(', ')})`);
    await stack.sql(
      slot,
      `insert into ${quoteName(table.table)} (${names.join(', ')}) values ${values.join(', ')} ` +
        `on conflict (${quoteName(table.key)}) ${onConflict}`,
    );
  }
}
