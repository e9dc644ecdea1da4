/** Where words go: machine output to stdout, people's words to stderr. Colour only on a terminal that wants it. */
export interface Output {
  machine(text: string): void;
  people(text: string): void;
  /** Replaces the line that it wrote before, on a terminal; writes a line of its own elsewhere, but not the same one twice. */
  progress(line: string): void;
  readonly hasColour: boolean;
}

interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

export function createOutput(
  stdout: Stream,
  stderr: Stream,
  env: Readonly<Record<string, string | undefined>>,
): Output {
  const isLive = stderr.isTTY === true && env.TERM !== 'dumb';
  let shown = '';
  const clear = () => {
    if (isLive && shown !== '') stderr.write('\r\x1b[2K');
    shown = '';
  };
  return {
    machine: text => {
      clear();
      stdout.write(text);
    },
    people: text => {
      clear();
      stderr.write(text);
    },
    progress: line => {
      if (line === shown) return;
      if (isLive) stderr.write(`\r\x1b[2K${line.slice(0, 79)}`);
      else stderr.write(`${line}\n`);
      shown = line;
    },
    hasColour: stdout.isTTY === true && env.NO_COLOR === undefined && env.TERM !== 'dumb',
  };
}
