import { relative } from 'node:path';
import { messageOf } from '../kernel/errors.ts';
import type { CommandContext } from './command.ts';
import type { Output } from './output.ts';
import { createRealClock } from './real-clock.ts';
import { isScreen, loadScreens, terminal } from './review-screen.ts';
import { reviewSource } from './review-source.ts';

/** The screens of a review, fed by a run that goes on. Where there is none, all of it does nothing but hand words on. */
export interface LiveView {
  /** Words for people wait until the screen is closed; progress is shown on it. */
  readonly output: Output;
  /** The run in this folder is shown from now on. */
  follow(directory: string): void;
  /** The run is over: resolves when its reader has left. */
  ended(): Promise<void>;
  /** Puts the terminal back, and prints what waited. */
  close(): Promise<void>;
}

export interface LiveOptions {
  /** Plain lines of progress, also on a terminal. */
  readonly plain?: boolean;
  readonly json?: boolean;
}

/** Words that wait are kept up to so many; what is lost then is the oldest. */
const MOST_WAITING = 2_000;

/** A full screen on a terminal; plain lines elsewhere, with `--plain` or `--json`, and in continuous integration. */
export async function openLiveView(
  options: LiveOptions,
  { output, cwd }: Pick<CommandContext, 'output' | 'cwd'>,
): Promise<LiveView> {
  const isPlain = options.plain === true || options.json === true || (process.env.CI ?? '') !== '';
  if (isPlain || !isScreen()) return noView(output);
  const { createSession, initialUi, openScreen } = await loadScreens();
  const size = { columns: process.stdout.columns, rows: process.stdout.rows };
  const source = reviewSource({ reports: 'reports', cwd, isLive: true });
  const session = createSession(initialUi({ size, directory: null, isLive: true }), {
    source,
    clock: createRealClock(),
  });
  const screen = openScreen(session, { ...terminal(), hasColour: output.hasColour });
  const waiting: (() => void)[] = [];
  let [isOpen, isOver, progress] = [true, false, ''];
  const say = (words: () => void) => {
    if (!isOpen) return words();
    waiting.push(words);
    if (waiting.length > MOST_WAITING) waiting.shift();
  };
  // Before the run's own handlers, so that what they print is not lost with the screen.
  const onSignal = () => screen.close();
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const closed = () => {
    isOpen = false;
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    for (const words of waiting.splice(0)) words();
  };
  const left = screen.left.then(
    how => {
      closed();
      if (how !== 'view' && !isOver) process.kill(process.pid, 'SIGINT');
    },
    // The run does not depend on being looked at.
    error => {
      waiting.push(() => output.people(`the screen was closed: ${messageOf(error)}\n`));
      closed();
    },
  );
  return {
    output: {
      machine: text => say(() => output.machine(text)),
      people: text => say(() => output.people(text)),
      progress: line => {
        progress = line;
        if (isOpen) session.goesOn({ isOver, progress });
        else output.progress(line);
      },
      hasColour: output.hasColour,
    },
    follow: directory => {
      if (isOpen) session.goesOn({ isOver, progress }, relative(cwd, directory) || '.');
    },
    ended: async () => {
      isOver = true;
      if (isOpen) session.goesOn({ isOver, progress });
      await left;
    },
    close: async () => {
      screen.close();
      await left;
    },
  };
}

function noView(output: Output): LiveView {
  return {
    output,
    follow: () => undefined,
    ended: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
