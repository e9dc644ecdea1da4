import type { DetailedError } from '@cedar-policy/cedar-wasm/nodejs';

interface Source {
  /** The file as the profile names it. */
  readonly file: string;
  readonly text: string;
}

/** What the engine says of a file, with its place and what to do: `a.cedar:3:16: '=' is not …; try using '==' instead`. */
export function cedarError(error: DetailedError | undefined, source: Source): string {
  if (error === undefined) return `${source.file}: the engine does not say why`;
  const [location] = error.sourceLocations ?? [];
  const place = location === undefined ? '' : `:${placeOf(source.text, location.start)}`;
  const hints = [location?.label, error.help].filter(hint => typeof hint === 'string' && hint !== '');
  return [`${source.file}${place}: ${error.message}`, ...hints].join('; ');
}

/** Line and column, from 1, of a byte of the text. */
function placeOf(text: string, byte: number): string {
  const before = Buffer.from(text).subarray(0, byte).toString('utf8').split('\n');
  return `${before.length}:${[...(before.at(-1) ?? '')].length + 1}`;
}
