import { relative } from 'node:path';
import { messageOf } from '../kernel/errors.ts';
import type { OpenScreen } from '../tui/open-screen.ts';
import type { ReviewSession } from '../tui/review-session.ts';
import type { Left } from '../tui/ui-state.ts';
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
  const first = initialUi({ size, directory: null, isLive: true });
  const session = createSession(first, { source, clock: createRealClock() });
  const screen = openScreen(session, { ...terminal(), hasColour: output.hasColour });
  return new ScreenView(session, screen, { output, cwd });
}

class ScreenView implements LiveView {
  readonly output: Output;
  private readonly session: ReviewSession;
  private readonly screen: OpenScreen;
  private readonly cwd: string;
  private readonly left: Promise<void>;
  private readonly waiting: (() => void)[] = [];
  private isOpen = true;
  private isOver = false;
  private progress = '';

  constructor(
    session: ReviewSession,
    screen: OpenScreen,
    { output, cwd }: Pick<CommandContext, 'output' | 'cwd'>,
  ) {
    this.session = session;
    this.screen = screen;
    this.cwd = cwd;
    this.output = {
      machine: text => this.say(() => output.machine(text)),
      people: text => this.say(() => output.people(text)),
      progress: line => (this.isOpen ? this.tell(line) : output.progress(line)),
      hasColour: output.hasColour,
    };
    // Before the run's own handlers, so that what they print is not lost with the screen.
    process.on('SIGINT', this.onSignal);
    process.on('SIGTERM', this.onSignal);
    this.left = screen.left.then(
      how => this.onLeft(how),
      // The run does not depend on being looked at.
      error => {
        this.waiting.push(() => output.people(`the screen was closed: ${messageOf(error)}\n`));
        this.onLeft('view');
      },
    );
  }

  follow(directory: string): void {
    const { isOver, progress } = this;
    if (this.isOpen) this.session.goesOn({ isOver, progress }, relative(this.cwd, directory) || '.');
  }

  async ended(): Promise<void> {
    this.isOver = true;
    if (this.isOpen) this.tell(this.progress);
    await this.left;
  }

  async close(): Promise<void> {
    this.screen.close();
    await this.left;
  }

  private readonly onSignal = (): void => this.screen.close();

  private tell(progress: string): void {
    this.progress = progress;
    this.session.goesOn({ isOver: this.isOver, progress });
  }

  private say(words: () => void): void {
    if (!this.isOpen) {
      words();
      return;
    }
    this.waiting.push(words);
    if (this.waiting.length > MOST_WAITING) this.waiting.shift();
  }

  private onLeft(how: Left): void {
    this.isOpen = false;
    process.off('SIGINT', this.onSignal);
    process.off('SIGTERM', this.onSignal);
    for (const words of this.waiting.splice(0)) words();
    // The run's own handler closes the journals, as for any Ctrl-C.
    if (how !== 'view' && !this.isOver) process.kill(process.pid, 'SIGINT');
  }
}

function noView(output: Output): LiveView {
  return {
    output,
    follow: () => undefined,
    ended: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
