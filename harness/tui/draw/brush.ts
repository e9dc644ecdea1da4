/** Colours a whole piece of text; never the only carrier of meaning. A `Paint` of the printed views is a part of it. */
export type Brush = (tone: BrushTone, text: string) => string;
export type BrushTone = 'good' | 'bad' | 'warn' | 'strong' | 'dim' | 'accent' | 'cursor' | 'bar';

/** Attributes by number (ECMA-48, SGR). */
const CODES: Readonly<Record<BrushTone, readonly [on: string, off: string]>> = {
  good: ['32', '39'],
  bad: ['31', '39'],
  warn: ['33', '39'],
  accent: ['36', '39'],
  strong: ['1', '22'],
  dim: ['2', '22'],
  cursor: ['7', '27'],
  bar: ['7', '27'],
};
const COLOURS: ReadonlySet<BrushTone> = new Set(['good', 'bad', 'warn', 'accent', 'dim']);

export const colourBrush: Brush = (tone, text) => painted(tone, text);

/** Where colour is not wanted: bold and reversed only, which say where the cursor is. */
export const monochromeBrush: Brush = (tone, text) => (COLOURS.has(tone) ? text : painted(tone, text));

export const plainBrush: Brush = (_tone, text) => text;

function painted(tone: BrushTone, text: string): string {
  const [on, off] = CODES[tone];
  return text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
}
