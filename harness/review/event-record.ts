import type { JournalLine } from '../journal/events.ts';
import { safeText } from '../report/safe-text.ts';

/** One field of an event's full record; `path` is dotted, `value` one safe line. */
export interface RecordField {
  readonly path: string;
  readonly value: string;
}

const MOST_FIELDS = 400;
const MOST_DEPTH = 8;

/** The whole of a journal's line as fields, in its own order; hostile depth and length are cut, and it says so. */
export function eventRecord(line: JournalLine): RecordField[] {
  const fields: RecordField[] = [];
  flatten(line, { path: '', depth: 0 }, fields);
  if (fields.length < MOST_FIELDS) return fields;
  return [
    ...fields.slice(0, MOST_FIELDS),
    { path: '…', value: 'there is more: read the line in the journal' },
  ];
}

function flatten(value: unknown, at: { path: string; depth: number }, fields: RecordField[]): void {
  if (fields.length >= MOST_FIELDS) return;
  if (typeof value !== 'object' || value === null) {
    fields.push({ path: at.path, value: safeText(typeof value === 'string' ? value : String(value), 2_000) });
    return;
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || at.depth >= MOST_DEPTH) {
    const empty = Array.isArray(value) ? '[]' : '{}';
    fields.push({ path: at.path, value: entries.length === 0 ? empty : '…' });
    return;
  }
  for (const [key, inner] of entries) {
    const name = safeText(key, 64);
    flatten(inner, { path: at.path === '' ? name : `${at.path}.${name}`, depth: at.depth + 1 }, fields);
  }
}
