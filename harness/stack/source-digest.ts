import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { digestOf } from '../kernel/digest.ts';

/** Bound on the files of one build, shared modules included. */
const MOST_FILES = 500;

/**
 * Digest of a module and of every module that it imports by a relative path, so that a change in any of them is a
 * changed build. Paths count relative to the entry, and the order of imports does not matter.
 */
export async function sourceDigest(entry: string): Promise<string> {
  const texts = new Map<string, string>();
  const queue = [entry];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (texts.has(path)) continue;
    if (texts.size >= MOST_FILES) throw new Error(`it imports more than ${MOST_FILES} files`);
    const text = await readFile(path, 'utf8');
    texts.set(path, text);
    for (const [, specifier] of text.matchAll(/(?:from|import)\s+'(\.{1,2}\/[^']+)'/g)) {
      queue.push(join(dirname(path), specifier as string));
    }
  }
  const parts = [...texts].map(([path, text]) => `${relative(dirname(entry), path)}\n${text}`);
  return digestOf(parts.sort().join('\n'));
}
