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
import { sendGameDayNotices } from './notify-gameday.ts';
import { testNotifications } from './notify-test.ts';
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
  if (options.join !== undefined) {
    const { joinTable } = await import('./table/join-table.ts');
    return joinTable(file, { folder: options.join, role: options.role ?? 'facilitator' }, context);
  }
  if (options.dryRun === true) {
    const planned = planGameDay(file, await openWorkspace(cwd), cwd);
    output.machine(describeGameDay(planned, json, options.browser));
    return 'held';
  }
  if (options.testNotifications === true)
    return testNotifications(planGameDay(file, await openWorkspace(cwd), cwd).spec, output);
  const { scoreboard, directory, spec, exit, isComplete } = await runGameDay(
    { file, ...options, room: { role: options.role ?? 'facilitator', input: () => process.stdin } },
    context,
  );
  const text = renderGameDayTerminal(scoreboard, paintFor(output, json), relative(cwd, directory) || '.');
  if (json) output.people(text);
  else output.machine(text);
  if (json) output.machine(renderScoreboard(scoreboard));
  if (options.summary !== undefined)
    appendSummary(options.summary, renderGameDayMarkdown(scoreboard), context);
  if (!isComplete) output.people('It is not complete: the same command goes on where it stopped.\n');
  // Last, when everything is on the disk and shown; whoever stopped it does not want to wait either.
  if (options.notify !== false && exit !== 'interrupted' && exit !== 'terminated')
    await sendGameDayNotices(spec, { directory, output });
  return exit;
}
