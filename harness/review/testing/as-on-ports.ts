import type { JournalLine } from '../../journal/events.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The files of a simulated run as a live stack would have left them: in the first minutes of every other hour visits were lived through, and a sample was held after them. */
export function asOnPorts(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      name.endsWith('.jsonl') ? text.trimEnd().split('\n').map(liveLine).join('') : text,
    ]),
  );
}

function liveLine(text: string): string {
  const line = JSON.parse(text) as JournalLine;
  if (line.type === 'header') return `${JSON.stringify({ ...line, stack: 'local' })}\n`;
  if (line.type !== 'window') return `${text}\n`;
  const isMeasured = line.fromMs % (2 * HOUR_MS) < 40 * MINUTE_MS;
  return `${JSON.stringify({ ...line, basis: isMeasured ? 'measured' : 'extrapolated' })}\n`;
}
