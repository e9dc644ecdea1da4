import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { expect } from 'vitest';
import { PROJECT } from '../../testing/command-line.ts';

/** A process on a terminal of its own, and what that terminal shows. */
export interface PseudoTerminal {
  /** What is on the screen now, without spaces at line ends. */
  screen(): string;
  /** The program has switched to the alternate screen. */
  isAlternate(): boolean;
  isCursorHidden(): boolean;
  /** All that was ever written. */
  written(): string;
  type(text: string): void;
  resize(columns: number, rows: number): void;
  kill(signal: string): void;
  shows(text: string | RegExp): Promise<void>;
  /** The exit code; 128 and more for a signal. Ends the process when it does not end by itself. */
  ended(): Promise<number>;
}

const NODE = join(PROJECT, 'node_modules/.bin/node');
const BIN = join(PROJECT, 'harness/cli/bin.ts');
const PATIENCE_MS = 300_000;

/** Runs the command line on a terminal of 80 × 24. */
export function onTerminal(
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): PseudoTerminal {
  const { CI: _, NO_COLOR: __, ...own } = process.env;
  const size = { cols: 80, rows: 24 };
  const pty = spawn(NODE, [BIN, ...args], {
    ...size,
    cwd,
    name: 'xterm-256color',
    env: { ...own, TERM: 'xterm-256color', ...env },
  });
  const terminal = new xterm.Terminal({ ...size, allowProposedApi: true });
  let written = '';
  pty.onData(data => {
    written += data;
    terminal.write(data);
  });
  const exit = exitOf(pty);
  const screen = () => {
    const { active } = terminal.buffer;
    const lines = Array.from({ length: terminal.rows }, (_line, row) =>
      active.getLine(active.baseY + row)?.translateToString(true),
    );
    return lines.join('\n');
  };
  return {
    screen,
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    isCursorHidden: () => written.lastIndexOf('\u001b[?25l') > written.lastIndexOf('\u001b[?25h'),
    written: () => written,
    type: text => pty.write(text),
    resize: (columns, rows) => {
      terminal.resize(columns, rows);
      pty.resize(columns, rows);
    },
    kill: signal => pty.kill(signal),
    shows: async text => {
      const found = expect.poll(screen, { timeout: PATIENCE_MS, interval: 50 });
      if (typeof text === 'string') await found.toContain(text);
      else await found.toMatch(text);
    },
    ended: () => exit,
  };
}

function exitOf(pty: IPty): Promise<number> {
  return new Promise(resolve => {
    const timer = setTimeout(() => pty.kill('SIGKILL'), PATIENCE_MS * 2);
    pty.onExit(({ exitCode, signal }) => {
      clearTimeout(timer);
      resolve(signal === undefined || signal === 0 ? exitCode : 128 + signal);
    });
  });
}
