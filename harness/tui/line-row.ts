import type { JournalLine } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';
import { eventRecord } from '../review/event-record.ts';
import type { LineRow } from './ui-state.ts';

const MOST_FIELDS = 12;
/** They have columns of their own. */
const OWN_COLUMN = new Set(['seq', 'atMs', 'type']);

/** One line of a journal in one row: what kind it is, and its first fields. */
export function lineRow(line: JournalLine): LineRow {
  if (line.type === 'window') return { ...place(line), text: windowText(line) };
  const fields = eventRecord(line)
    .filter(({ path }) => !OWN_COLUMN.has(path))
    .slice(0, MOST_FIELDS)
    .map(({ path, value }) => `${path}=${safeText(value, 60)}`);
  return { ...place(line), text: safeText(fields.join(' '), 300) };
}

function place(line: JournalLine): Omit<LineRow, 'text'> {
  return {
    seq: line.seq,
    atMs: Number.isFinite(line.atMs) ? line.atMs : 0,
    type: safeText(String(line.type), 32),
  };
}

/** What shoppers did in it, journey by journey. A forged line may lack anything. */
function windowText({ journeys }: Extract<JournalLine, { type: 'window' }>): string {
  if (!Array.isArray(journeys)) return '';
  const parts = journeys.slice(0, MOST_FIELDS).map(one => {
    const { journey, region, succeeded, failed } = Object(one);
    return `${journey} ${region}: ${succeeded} well${failed === 0 ? '' : `, ${failed} FAILED`}`;
  });
  return safeText(parts.join('; '), 300);
}
