import { type ListedDue, listDue } from '../gameday/schedule/list-due.ts';
import type { ScheduledDay } from '../gameday/schedule/scheduled-day.ts';

/** The next due times of all game days, for people or as JSON. */
export function describeDue(
  days: readonly ScheduledDay[],
  { fromMs, count, json }: { readonly fromMs: number; readonly count: number; readonly json: boolean },
): string {
  const due = listDue(days, fromMs, count);
  if (json) {
    const from = new Date(fromMs).toISOString();
    return `${JSON.stringify({ schema: 'brakecheck/schedule-due/v1', from, due }, null, 2)}\n`;
  }
  const rows = [['due', 'time zone', 'UTC', 'begins (UTC)', 'game day'], ...due.map(rowOf)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? [];
  return rows
    .map(
      row =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function rowOf({ local, timeZone, due, begins, gameDay }: ListedDue): string[] {
  return [
    local,
    timeZone,
    due.slice(0, 16).replace('T', ' '),
    begins.slice(0, 19).replace('T', ' '),
    gameDay,
  ];
}
