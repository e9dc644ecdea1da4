import type { JournalLine } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';
import { eventRecord } from '../review/event-record.ts';
import type { LineRow } from './ui-state.ts';

const MOST_FIELDS = 12;
/** They have columns of their own. */
const OWN_COLUMN = new Set(['seq', 'atMs', 'type']);

/** One line of a journal in one row: what kind it is, and its first fields. */
export function lineRow(line: JournalLine): LineRow {
  const fields = eventRecord(line)
    .filter(({ path }) => !OWN_COLUMN.has(path))
    .slice(0, MOST_FIELDS)
    .map(({ path, value }) => `${path}=${safeText(value, 60)}`);
  return {
    seq: line.seq,
    atMs: Number.isFinite(line.atMs) ? line.atMs : 0,
    type: safeText(String(line.type), 32),
    text: safeText(fields.join(' '), 300),
  };
}
