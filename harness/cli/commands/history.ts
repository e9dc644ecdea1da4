import { InvalidArgumentError } from 'commander';
import type { AddCommand } from '../command.ts';
import type { HistoryOptions } from '../history-command.ts';
import { pageWidth } from './page-width.ts';

const MOST_KEPT = 1_000;

export const addHistory: AddCommand = (program, context) => {
  program
    .command('history')
    .description('Trend of score, containment and friction over game days and runs; issues, drift, streaks.')
    .argument('[folder]', 'the folder that holds the results', 'reports')
    .option('--game-day <id>', 'only this game day')
    .option('--limit <count>', 'the newest so many game days and runs (default: 30)', limit)
    .option('--json', 'print the history as JSON to standard output')
    .option('--html <file>', 'write it with charts as an HTML page, which needs no network')
    .option('--width <columns>', 'columns of the text, 40 to 400 (default: 80)', pageWidth)
    .addHelpText(
      'after',
      `
Results compare only where the same was asked: scenario, world, seeds and stack. What is left out is named, with its reason.

Example:
  brakecheck history --game-day weekly --html history.html`,
    )
    .action(async (folder: string, options: HistoryOptions) => {
      const { historyCommand } = await import('../history-command.ts');
      await historyCommand(folder, options, context);
    });
};

function limit(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MOST_KEPT) return value;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_KEPT}.`);
}
