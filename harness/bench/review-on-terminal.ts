import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { projectRoot } from '../cli/workspace.ts';

/** How `brakecheck review` fared as its reader sees it: the whole process, on a terminal of its own. */
export interface ReviewedJournal {
  /** From the start of the process until its first screen is written, ms. */
  readonly firstScreenMs: number;
  /** From the start of the process until every line was taken in, ms. */
  readonly wholeMs: number;
  /** From a key to the screen that answers it, the slowest of a hundred, while lines are taken in all the time, ms. */
  readonly slowestKeyMs: number;
  /** The most memory that the process ever held (resident, heap included), MB. */
  readonly peakRssMb: number;
}

const NODE = 'node_modules/.bin/node';
const BIN = 'dist/harness/cli/bin.js';
const TABS = '1 Overview';
const READING = 'lines to go';
const KEYS = 100;
const PATIENCE_MS = 180_000;

/** Opens the run, walks through the lines of its journal, waits until all is read, and leaves. Needs `npm run build`, and Linux for the memory. */
export async function reviewOnTerminal(folder: string): Promise<ReviewedJournal> {
  const startedMs = performance.now();
  const screen = openOnTerminal(folder);
  await screen.until(() => screen.text().includes(TABS));
  const firstScreenMs = performance.now() - startedMs;
  // The timeline, its events, all lines; then from page to page.
  for (const key of ['2', 'e', 'e']) await screen.answerTo(key);
  let slowestKeyMs = 0;
  for (let count = 0; count < KEYS; count++)
    slowestKeyMs = Math.max(slowestKeyMs, await screen.answerTo(count % 10 === 9 ? 'G' : '\u001b[5~'));
  await screen.until(() => !screen.latest().includes(READING));
  const wholeMs = performance.now() - startedMs;
  const peakRssMb = screen.peakRssMb();
  await screen.leave();
  return { firstScreenMs, wholeMs, slowestKeyMs, peakRssMb };
}

function startReview(folder: string) {
  const root = projectRoot();
  if (!existsSync(join(root, BIN))) throw new Error(`${BIN} is missing: npm run build`);
  const { CI: _, NO_COLOR: __, ...own } = process.env;
  return spawn(join(root, NODE), [join(root, BIN), 'review', folder], {
    ...{ cols: 80, rows: 24, name: 'xterm-256color', cwd: root, env: { ...own, TERM: 'xterm-256color' } },
  });
}

function openOnTerminal(folder: string) {
  const pty = startReview(folder);
  let text = '';
  let latest = '';
  let onData: () => void = () => undefined;
  pty.onData(data => {
    text += data;
    latest = data.includes(TABS) ? data : latest + data;
    onData();
  });
  const hasEnded = new Promise<void>(resolve => pty.onExit(() => resolve()));
  const until = (isThere: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`review showed only: ${text.slice(-2_000)}`)),
        PATIENCE_MS,
      );
      onData = () => {
        if (!isThere()) return;
        clearTimeout(timer);
        onData = () => undefined;
        resolve();
      };
      onData();
    });
  return {
    until,
    text: () => text,
    latest: () => latest,
    /** Time until something is drawn after a key, ms. */
    answerTo: async (key: string) => {
      const before = text.length;
      const pressedMs = performance.now();
      pty.write(key);
      await until(() => text.length > before);
      return performance.now() - pressedMs;
    },
    peakRssMb: () => {
      const status = readFileSync(`/proc/${pty.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
    },
    leave: () => {
      pty.write('q');
      return hasEnded;
    },
  };
}
