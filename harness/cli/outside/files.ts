import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf } from '../../kernel/errors.ts';
import { OutsideFailure } from '../../ports/outside.ts';

/** Policies, entities and compiled bundles are far smaller. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The file's bytes. Rejects with an `OutsideFailure`. */
export async function readBytes(baseDir: string, path: string): Promise<Uint8Array> {
  const whole = resolve(baseDir, path);
  try {
    const found = await stat(whole);
    if (!found.isFile()) throw new OutsideFailure('unreadable', `${path} is no file`);
    if (found.size > MOST_BYTES)
      throw new OutsideFailure('too-large', `${path} is larger than ${MOST_BYTES} bytes`);
    return await readFile(whole);
  } catch (error) {
    if (error instanceof OutsideFailure) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing) throw new OutsideFailure('not-found', `there is no file ${path}`);
    throw new OutsideFailure('unreadable', `${path} could not be read: ${messageOf(error)}`);
  }
}

/** The file as text. Rejects with an `OutsideFailure`, also for bytes that are no UTF-8. */
export async function readText(baseDir: string, path: string): Promise<string> {
  const bytes = await readBytes(baseDir, path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OutsideFailure('unreadable', `${path} is no text in UTF-8`);
  }
}
