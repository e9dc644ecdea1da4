import type { Outside } from '../../../ports/outside.ts';
import { loadFile } from '../../../scenario/load-file.ts';
import { createTranslator } from './create-translator.ts';
import type { Translator } from './translator.ts';

/**
 * The translator of the map at `path`, from the profile's folder; of our own words when it is undefined. Rejects with an
 * `OutsideFailure` or `InvalidFileError`.
 */
export async function loadTranslator(path: string | undefined, outside: Outside): Promise<Translator> {
  if (path === undefined) return createTranslator(null);
  return createTranslator(loadFile(path, await outside.readBytes(path), 'Map').value);
}
