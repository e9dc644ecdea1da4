import { InvalidArgumentError } from 'commander';
import type { AddCommand } from '../command.ts';
import type { GameDayOptions } from '../gameday-options.ts';
import { browserOption } from './browser-option.ts';
import { SUMMARY_HELP, summaryFile } from './summary-option.ts';

export const addGameDay: AddCommand = (program, context) => {
  program
    .command('gameday')
    .description(
      'Run a whole game day: scenarios, profiles and seeds, one scoreboard; resumes an interrupted one.',
    )
    .argument('<file>', 'id (see `brakecheck list`) or path of a game day')
    .option(
      '--out <folder>',
      'folder for the results; one that is unfinished is resumed (default: reports/<id>-<time>)',
    )
    .option('--summary <file>', SUMMARY_HELP, summaryFile)
    .option('--json', 'print the scoreboard as JSON to standard output')
    .option('--dry-run', 'print what would be run, in order, and start nothing')
    .option(
      '--workers <count>',
      'arms that run at once (default: one for each processor core; one on a live stack)',
      workers,
    )
    .addOption(browserOption('; left out, as the file says'))
    .option('--fresh', 'begin anew even where one was left unfinished')
    .option(
      '--stop-file <path>',
      'halt, resumable, as soon as this file exists (default: the file stop in the folder)',
    )
    .option('--no-notify', 'tell nobody, whatever the file says under `notifications`')
    .option(
      '--test-notifications',
      'run nothing; send everybody whom the file names a message marked as a test',
    )
    .option(
      '--role <seat>',
      "at a table: what this terminal shows: facilitator, participant, or a seat's id",
      'facilitator',
    )
    .option('--join <folder>', 'only watch the table of the game day that runs in this folder')
    .addHelpText(
      'after',
      '\nExample:\n  brakecheck gameday weekly --workers 2' +
        '\n  brakecheck gameday tabletop --join reports/tabletop-20260310-100000 --role participant',
    )
    .action(async (file: string, options: GameDayOptions) => {
      const { gameDayCommand } = await import('../gameday-command.ts');
      context.endAs(await gameDayCommand(file, options, context));
    });
};

function workers(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 256) {
    throw new InvalidArgumentError('a whole number from 1 to 256 is needed.');
  }
  return value;
}
