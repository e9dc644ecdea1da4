import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { LineSink } from '../journal/writer.ts';
import { HarnessError, messageOf } from '../kernel/errors.ts';

/** Lines are gathered up to this many bytes before they go to the disk; a crash loses no more than that. */
const BUFFER_BYTES = 64 * 1024;

/** A journal file being written: whole lines only, and a digest of all of them. */
export interface JournalFile extends LineSink {
  /** Writes what is gathered, closes the file and returns its digest. */
  close(): string;
}

export function createJournalFile(path: string): JournalFile {
  const file = attempt(path, () => openSync(path, 'wx'));
  const hash = createHash('sha256');
  let gathered = '';
  const flush = () => {
    if (gathered.length === 0) return;
    const text = gathered;
    gathered = '';
    attempt(path, () => writeSync(file, text));
  };
  return {
    append: line => {
      hash.update(line);
      gathered += line;
      if (gathered.length >= BUFFER_BYTES || !line.includes('"type":"window"')) flush();
    },
    close: () => {
      flush();
      closeSync(file);
      return `sha256:${hash.digest('hex')}`;
    },
  };
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const hint =
      code === 'ENOSPC'
        ? 'The disk is full. What was written so far is kept; free some space, or choose another folder with --out.'
        : 'Choose another folder with --out.';
    throw new HarnessError('environment', {
      message: `could not write the journal ${path}: ${messageOf(error)}`,
      hint,
      cause: error,
    });
  }
}
