import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { HarnessError, messageOf } from '../kernel/errors.ts';
import type { ByteSource } from './byte-source.ts';

/** A journal on disk. Throws a `file` error when it cannot be opened. */
export function fileSource(path: string): ByteSource {
  const file = open(path);
  return {
    size: () => fstatSync(file).size,
    read: (into, fromByte) => readSync(file, into, 0, into.length, fromByte),
    close: () => closeSync(file),
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw new HarnessError('file', {
      message: `could not open the journal ${path}: ${messageOf(error)}`,
      hint: 'Name the folder of a run, as `brakecheck run` printed it at its end.',
      cause: error,
    });
  }
}
