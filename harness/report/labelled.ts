import { cutTo, wrap } from './columns.ts';

/** One labelled paragraph of a screen, and the most lines that it may take. */
export interface Part {
  readonly label: string;
  readonly text: string;
  readonly most: number;
}

const WIDTH = 80;
const GUTTER = 10;

/**
 * Lays paragraphs out beside their labels in at most `room` lines together. Where they need more, the longest gives a
 * line up, and among equals the later one; each keeps one line at least.
 */
export function layOut(parts: readonly Part[], room: number): string[] {
  const blocks = parts.map(({ text, most, label }) => ({ label, lines: clamp(body(text), most) }));
  const total = () => blocks.reduce((sum, { lines }) => sum + lines.length, 0);
  for (let excess = total() - room; excess > 0; excess--) {
    const longest = blocks.reduce((most, block) => (block.lines.length >= most.lines.length ? block : most));
    longest.lines = clamp(longest.lines, Math.max(1, longest.lines.length - 1));
  }
  return blocks.flatMap(({ label, lines }) =>
    lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(GUTTER - 2)}${line}`.trimEnd()),
  );
}

function body(text: string): string[] {
  return wrap(text, { width: WIDTH - GUTTER });
}

function clamp(lines: readonly string[], most: number): string[] {
  const last = lines[most - 1];
  if (lines.length <= most || last === undefined) return [...lines];
  const marked = last.endsWith('…') ? last : cutTo(`${last} …`, WIDTH - GUTTER);
  return [...lines.slice(0, most - 1), marked];
}
