import { cutTo, padTo, widthOf, wrap } from '../../report/columns.ts';

/** Exactly `width` columns: cut or filled up. For text without colour. */
export function sized(text: string, width: number): string {
  return padTo(cutTo(text, Math.max(1, width)), Math.max(1, width));
}

/** Columns of a text that may be coloured. */
export function shownWidth(text: string): number {
  return widthOf(withoutColour(text));
}

/** Fills a coloured text up to `width` columns. */
function padShown(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - shownWidth(text)));
}

/** Two blocks of lines side by side. */
export function beside(left: readonly string[], right: readonly string[], leftWidth: number): string[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    `${padShown(left[index] ?? '', leftWidth)}${right[index] ?? ''}`.trimEnd(),
  );
}

/** `left` and `right` at the two ends of a line; the left one is cut where they do not fit. */
export function spread(left: string, right: string, width: number): string {
  const room = width - widthOf(right) - 1;
  return room < 8 ? sized(left, width) : `${sized(left, room)} ${right}`;
}

/** A paragraph beside its label; nothing for null. */
export function field(label: string, text: string | null, width: number, gutter = 12): string[] {
  if (text === null || text === '') return [];
  return wrap(text, { width: Math.max(16, width - gutter) }).map(
    (line, index) => `${padTo(index === 0 ? label : '', gutter)}${line}`,
  );
}

/** At most so many lines of a paragraph; the last one says that there is more. */
export function firstLines(lines: readonly string[], most: number, width: number): string[] {
  if (lines.length <= most) return [...lines];
  const kept = lines.slice(0, most);
  return kept.map((line, index) => (index === most - 1 ? cutTo(`${line} …`, width) : line));
}

export function withoutColour(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what it looks for
  return text.replace(/\u001b\[\d+m/g, '');
}

/** Cuts a text that may be coloured; what was begun is ended. */
export function cutShown(text: string, width: number): string {
  if (shownWidth(text) <= width) return text;
  const marks: string[] = [];
  let [cut, room] = ['', width - 1];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what it looks for
  for (const [part] of text.matchAll(/\u001b\[\d+m|[^\u001b]/gu)) {
    if (part.startsWith('\u001b')) marks.push(part);
    const taken = part.startsWith('\u001b') ? 0 : widthOf(part);
    if (taken > room) break;
    cut += part;
    room -= taken;
  }
  return `${cut}…${marks.length === 0 ? '' : '\u001b[0m'}`;
}
