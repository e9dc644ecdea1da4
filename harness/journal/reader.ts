import { HarnessError } from '../kernel/errors.ts';
import { type HeaderEvent, JOURNAL_SCHEMA, type JournalLine } from './events.ts';
import { parseJournalLine } from './parse-line.ts';

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
    lines.push(parseJournalLine(text.slice(start, end), lines.length, name));
    start = end + 1;
  }
  const header = checkHeader(lines[0], name);
  return { header, lines, complete: lines.at(-1)?.type === 'closed' };
}

/** Throws a `file` error for a first line that is no header, and for a version that this reader does not know. */
export function checkHeader(line: JournalLine | undefined, name: string): HeaderEvent & JournalLine {
  if (line === undefined || line.type !== 'header') {
    throw new HarnessError('file', {
      message: `could not read ${name}: its first line is no journal header`,
      hint: 'A journal that was cut before its first whole line holds nothing. Run the scenario again.',
    });
  }
  if (line.schema !== JOURNAL_SCHEMA) {
    throw new HarnessError('file', {
      message: `could not read ${name}: it is of format ${String(line.schema)}, and this version reads ${JOURNAL_SCHEMA}`,
      hint: 'Read it with the version of brakecheck that wrote it, or a newer one.',
    });
  }
  return line;
}
