import { HarnessError } from '../kernel/errors.ts';
import type { JournalLine } from './events.ts';

/** Parses one line that must carry the sequence number `seq`. Throws a `file` error that names the line. */
export function parseJournalLine(line: string, seq: number, name: string): JournalLine {
  try {
    const value = JSON.parse(line) as JournalLine;
    if (value.seq === seq && typeof value.atMs === 'number' && typeof value.type === 'string') return value;
  } catch {
    // falls through to the one error below
  }
  throw new HarnessError('file', {
    message: `could not read ${name}: line ${seq + 1} is no journal event with sequence number ${seq}`,
    hint: 'The file was changed after it was written. Compare digests with: brakecheck verify <dir>',
  });
}
