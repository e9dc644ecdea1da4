import type { Arm } from '../journal/events.ts';
import { openRun } from '../review/open-run.ts';
import { printRunList } from '../review/print/print-run-list.ts';
import { printView } from '../review/print/print-view.ts';
import type { PrintedView } from '../review/print/views.ts';
import { runList } from '../review/run-list.ts';
import type { RunStory } from '../review/run-story.ts';
import type { CommandContext } from './command.ts';
import { paintFor } from './print-result.ts';
import { findRuns, runReader } from './review-files.ts';
import { isScreen, reviewScreen } from './review-screen.ts';

/** Options of `brakecheck review`, as commander hands them over. */
export interface ReviewOptions {
  readonly print?: PrintedView;
  readonly against?: string;
  readonly width?: number;
  readonly scenario?: string;
  readonly arm?: Arm;
  /** World time, ms. */
  readonly at?: number;
}

const REPORTS = 'reports';
const DEFAULT_WIDTH = 80;
/** Lines of each arm that are taken in at a time. */
const LINES = 65_536;

/**
 * `brakecheck review`: on a terminal the full screen. With `--print`, and where the output is no terminal, as text: the
 * list of runs without a folder, a view of it with one.
 */
export async function reviewCommand(
  directory: string | undefined,
  options: ReviewOptions,
  context: CommandContext,
): Promise<void> {
  const isPrinted = options.print !== undefined || options.width !== undefined;
  if (!isPrinted && isScreen()) {
    const { against, scenario } = options;
    await reviewScreen(
      {
        reports: REPORTS,
        directory: directory ?? null,
        ...(against === undefined ? {} : { against }),
        ...(scenario === undefined ? {} : { scenario }),
      },
      context,
    );
    return;
  }
  const pageOptions = { width: options.width ?? DEFAULT_WIDTH, paint: paintFor(context.output, false) };
  if (directory === undefined) {
    const runs = runList(findRuns(REPORTS, context.cwd));
    context.output.machine(printRunList(runs, REPORTS, pageOptions));
    return;
  }
  const against = options.against === undefined ? null : wholeStory(options.against, context.cwd);
  const story = wholeStory(directory, context.cwd);
  context.output.machine(
    printView(story, {
      ...pageOptions,
      view: options.print ?? 'overview',
      directory,
      scenario: options.scenario ?? null,
      arm: options.arm ?? null,
      atMs: options.at ?? null,
      against,
    }),
  );
}

/** The story of a run with every line taken in. */
function wholeStory(directory: string, cwd: string): RunStory {
  const run = openRun(runReader(directory, cwd));
  try {
    while (run.step(LINES)) {
      // bounded by the journals' lines
    }
    return run.story;
  } finally {
    run.close();
  }
}
