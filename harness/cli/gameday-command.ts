import { relative } from 'node:path';
import { appendSummary } from './append-summary.ts';
import type { CommandContext } from './command.ts';
import type { ExitCodeName } from './exit-codes.ts';
import { describeGameDay } from './gameday-dry-run.ts';
import { renderGameDayMarkdown } from './gameday-markdown.ts';
import type { GameDayOptions } from './gameday-options.ts';
import { planGameDay } from './gameday-plan.ts';
import { runGameDay } from './gameday-run.ts';
import { renderScoreboard } from './gameday-scoreboard-files.ts';
import { renderGameDayTerminal } from './gameday-terminal.ts';
import { paintFor } from './print-result.ts';
import { openWorkspace } from './workspace.ts';

/** `brakecheck gameday`. */
export async function gameDayCommand(
  file: string,
  options: GameDayOptions,
  context: CommandContext,
): Promise<ExitCodeName> {
  const { output, cwd } = context;
  const json = options.json === true;
  if (options.dryRun === true) {
    output.machine(describeGameDay(planGameDay(file, await openWorkspace(cwd), cwd), json));
    return 'held';
  }
  const { scoreboard, directory, exit, isComplete } = await runGameDay({ file, ...options }, context);
  const text = renderGameDayTerminal(scoreboard, paintFor(output, json), relative(cwd, directory) || '.');
  if (json) output.people(text);
  else output.machine(text);
  if (json) output.machine(renderScoreboard(scoreboard));
  if (options.summary !== undefined)
    appendSummary(options.summary, renderGameDayMarkdown(scoreboard), context);
  if (!isComplete) output.people('It is not complete: the same command goes on where it stopped.\n');
  return exit;
}
