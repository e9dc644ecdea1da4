import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Screenshot, Screenshots } from '../report/html/screenshot-section.ts';

/** A page with more is no longer sent by mail. */
const MOST_FILES = 24;
const MOST_BYTES_EACH = 2 * 1024 * 1024;
const MOST_BYTES = 8 * 1024 * 1024;

/** How files of these kinds begin. */
const KINDS: readonly (readonly [ending: RegExp, type: Screenshot['type'], start: string])[] = [
  [/\.png$/i, 'image/png', '89504e470d0a1a0a'],
  [/\.jpe?g$/i, 'image/jpeg', 'ffd8ff'],
  [/\.webp$/i, 'image/webp', '52494646'],
];

/**
 * The pictures in a run's evidence, as many as may be embedded: first those that are `told` of, by their paths in that
 * folder, then others in it by name. A missing folder has none.
 */
export function readScreenshots(folder: string, told: readonly string[] = []): Screenshots {
  const shown: Screenshot[] = [];
  let leftOut = 0;
  let bytesLeft = MOST_BYTES;
  for (const name of [...told.filter(path => isWithin(folder, path)), ...namesIn(folder)]) {
    const size = statSync(join(folder, name)).size;
    const picture = shown.length < MOST_FILES && size <= Math.min(MOST_BYTES_EACH, bytesLeft);
    const read = picture ? screenshotOf(folder, name) : null;
    if (read === null) leftOut++;
    else {
      shown.push(read);
      bytesLeft -= size;
    }
  }
  return { shown, leftOut };
}

/** A file of that folder, and no link that leads out of it. */
function isWithin(folder: string, path: string): boolean {
  try {
    const real = realpathSync(join(folder, path));
    return (
      real.startsWith(realpathSync(folder) + sep) &&
      statSync(real).isFile() &&
      KINDS.some(([ending]) => ending.test(path))
    );
  } catch {
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    // A link may point out of the run's folder, so that only files count.
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isFile() && KINDS.some(([ending]) => ending.test(entry.name)))
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

/** Null for a file that is not what its name says. */
function screenshotOf(folder: string, name: string): Screenshot | null {
  const bytes = readFileSync(join(folder, name));
  const kind = KINDS.find(([ending]) => ending.test(name));
  if (kind === undefined || !bytes.toString('hex', 0, 8).startsWith(kind[2])) return null;
  return { name, type: kind[1], base64: bytes.toString('base64') };
}
