import { cutTo, padTo, widthOf, wrap } from '../../report/columns.ts';
import type { Paint } from '../../report/paint.ts';
import type { Tone } from '../event-mark.ts';

/** How a view is printed: at most `width` columns, complete without colour. */
export interface PageOptions {
  readonly width: number;
  readonly paint: Paint;
}

export const LEAST_WIDTH = 40;
export const MOST_WIDTH = 400;

/** Meaning by sign as well as by word and colour. */
export const TONE_SIGNS: Readonly<Record<Tone, string>> = { good: '✓', bad: '✗', warn: '!', plain: '·' };
export const TONE_PAINTS: Readonly<Record<Tone, Parameters<Paint>[0]>> = {
  good: 'good',
  bad: 'bad',
  warn: 'warn',
  plain: 'dim',
};

/** A title over a line. */
export function title(text: string, { width, paint }: PageOptions): string[] {
  return [paint('strong', cutTo(text, width)), '─'.repeat(width)];
}

export function heading(text: string, { width, paint }: PageOptions): string {
  return paint('strong', cutTo(text, width));
}

export function paragraph(text: string, { width }: PageOptions, indent = 0): string[] {
  return wrap(text, { width, indent });
}

/** A paragraph beside its label; nothing for null. */
export function labelled(label: string, text: string | null, { width }: PageOptions, gutter = 12): string[] {
  if (text === null || text === '') return [];
  const lines = wrap(text, { width: width - gutter - 2 });
  return lines.map((line, index) => `  ${padTo(index === 0 ? label : '', gutter)}${line}`.trimEnd());
}

/** An item of a list after its sign. */
export function item(sign: string, text: string, { width }: PageOptions, indent = 2): string[] {
  const room = indent + widthOf(sign) + 1;
  return wrap(text, { width: width - room }).map(
    (line, index) => `${' '.repeat(indent)}${index === 0 ? sign : ' '.repeat(widthOf(sign))} ${line}`,
  );
}

/** Rows of cells in columns of at most the given widths; the last column takes what is left. Cells are cut, never wrapped. */
export function table(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  { width }: PageOptions,
  indent = 2,
): string[] {
  const fixed = widths.reduce((sum, one) => sum + one, 0);
  return rows.map(cells => {
    const text = cells.map((cell, index) => {
      const room = widths[index];
      if (room === undefined) return cutTo(cell, Math.max(4, width - indent - fixed));
      return padTo(cutTo(cell, room - 1), room);
    });
    return `${' '.repeat(indent)}${text.join('')}`.trimEnd();
  });
}

/** The page as one text that ends in a newline. */
export function page(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
