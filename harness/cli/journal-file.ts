import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
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
  let writtenBytes = 0;
  let failure: unknown = null;
  const flush = () => {
    // Nothing may follow a gap: what could not be written ends the file.
    if (failure !== null) throw failure;
    if (gathered.length === 0) return;
    const bytes = Buffer.from(gathered);
    gathered = '';
    try {
      attempt(path, () => writeWhole(file, bytes, writtenBytes));
    } catch (error) {
      failure = error;
      throw error;
    }
    writtenBytes += bytes.length;
  };
  return {
    append: line => {
      hash.update(line);
      gathered += line;
      if (gathered.length >= BUFFER_BYTES || !line.includes('"type":"window"')) flush();
    },
    close: () => {
      try {
        flush();
      } finally {
        closeSync(file);
      }
      return `sha256:${hash.digest('hex')}`;
    },
  };
}

/** Writes all of it at `position`, or what fits in whole lines: a full disk may take a part of what it is given. */
function writeWhole(file: number, bytes: Buffer, position: number): void {
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done, position + done);
  } catch (error) {
    ftruncateSync(file, position + bytes.subarray(0, done).lastIndexOf('\n') + 1);
    throw error;
  }
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
