import { createInterface } from 'node:readline';

/** Lines that were typed and not read yet. Works at a terminal and in a pipe alike. */
export interface LineSource {
  /** The oldest line; null while there is none. */
  take(): string | null;
  /** The oldest line without taking it. */
  peek(): string | null;
  /** True when no line will come any more. */
  readonly isOver: boolean;
  close(): void;
}

/** Lines typed ahead; more are not kept. */
const MOST_AHEAD = 10_000;

export function createLineSource(input: NodeJS.ReadableStream): LineSource {
  const lines: string[] = [];
  let hasEnded = false;
  const reader = createInterface({ input, terminal: false });
  reader.on('line', line => void (lines.length < MOST_AHEAD && lines.push(line)));
  reader.on('close', () => {
    hasEnded = true;
  });
  // A terminal that goes away is the end of what is typed, not of the run.
  input.on('error', () => reader.close());
  return {
    take: () => lines.shift() ?? null,
    peek: () => lines[0] ?? null,
    get isOver() {
      return hasEnded && lines.length === 0;
    },
    close: () => {
      reader.close();
      input.pause();
    },
  };
}
