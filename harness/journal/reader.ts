import { HarnessError } from '../kernel/errors.ts';
import { type HeaderEvent, JOURNAL_SCHEMA, type JournalLine } from './events.ts';

/** A journal as it was found: all whole lines, and whether its end is missing. */
export interface ReadJournal {
  readonly header: HeaderEvent;
  readonly lines: readonly JournalLine[];
  /** False when the last whole line is not `closed`. */
  readonly complete: boolean;
}

/**
 * Reads a journal's text, up to the last whole line. `name` is used in errors.
 * Throws a `file` error for a first line that is no header, a newer version, or a broken line in the middle.
 */
export function readJournal(text: string, name: string): ReadJournal {
  const lines: JournalLine[] = [];
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    lines.push(parseLine(text.slice(start, end), lines.length, name));
    start = end + 1;
  }
  const header = lines[0];
  if (header === undefined || header.type !== 'header') {
    throw new HarnessError('file', {
      message: `could not read ${name}: its first line is no journal header`,
      hint: 'A journal that was cut before its first whole line holds nothing. Run the scenario again.',
    });
  }
  if (header.schema !== JOURNAL_SCHEMA) {
    throw new HarnessError('file', {
      message: `could not read ${name}: it is of format ${String(header.schema)}, and this version reads ${JOURNAL_SCHEMA}`,
      hint: 'Read it with the version of brakecheck that wrote it, or a newer one.',
    });
  }
  return { header, lines, complete: lines.at(-1)?.type === 'closed' };
}

function parseLine(line: string, index: number, name: string): JournalLine {
  try {
    const value = JSON.parse(line) as JournalLine;
    if (value.seq === index && typeof value.atMs === 'number' && typeof value.type === 'string') return value;
  } catch {
    // falls through to the one error below
  }
  throw new HarnessError('file', {
    message: `could not read ${name}: line ${index + 1} is no journal event with sequence number ${index}`,
    hint: 'The file was changed after it was written. Compare digests with: brakecheck verify <dir>',
  });
}
