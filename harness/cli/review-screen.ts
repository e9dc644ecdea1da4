import type { CommandContext } from './command.ts';
import { createRealClock } from './real-clock.ts';
import { reviewSource } from './review-source.ts';

export interface ScreenRequest {
  readonly reports: string;
  /** Null: begin with the list of runs. */
  readonly directory: string | null;
  readonly against?: string;
  readonly scenario?: string;
}

/** Whether a full screen can be shown: both ends are a terminal that can be drawn on. */
export function isScreen(env: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true && env.TERM !== 'dumb';
}

/** The full-screen review, until its reader leaves. Throws what could not be opened. */
export async function reviewScreen(request: ScreenRequest, context: CommandContext): Promise<void> {
  const { cwd, output, endAs } = context;
  const { reports, directory, against, scenario } = request;
  const folders = reviewSource({ reports, cwd });
  // What cannot be opened is told on the terminal as it is, and not on a screen that closes at once.
  let opened = directory === null ? null : folders.openRun(directory);
  const openRun = (wanted: string) => {
    const run = wanted === directory && opened !== null ? opened : folders.openRun(wanted);
    if (run === opened) opened = null;
    return run;
  };
  const { createSession, initialUi, openScreen } = await loadScreens();
  const size = { columns: process.stdout.columns, rows: process.stdout.rows };
  const first = initialUi({ size, directory, ...(against === undefined ? {} : { against }) });
  const session = createSession(
    { ...first, scenarioId: scenario ?? null, ...(against === undefined ? {} : { tab: 'compare' }) },
    { source: { ...folders, openRun }, clock: createRealClock() },
  );
  const screen = openScreen(session, { ...terminal(), hasColour: output.hasColour });
  const onTerminate = () => {
    endAs('terminated');
    screen.close();
  };
  process.once('SIGTERM', onTerminate);
  try {
    if ((await screen.left) === 'interrupted') endAs('interrupted');
    const { message } = session.state();
    if (message !== null) output.people(`${message}\n`);
  } finally {
    process.off('SIGTERM', onTerminate);
  }
}

export function terminal() {
  return { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
}

/** Loaded when a screen is shown, and not before. React's checks for its own developers cost time at every frame. */
export async function loadScreens() {
  process.env.NODE_ENV ??= 'production';
  const [{ createSession }, { initialUi }, { openScreen }] = await Promise.all([
    import('../tui/review-session.ts'),
    import('../tui/initial-ui.ts'),
    import('../tui/open-screen.ts'),
  ]);
  return { createSession, initialUi, openScreen };
}
