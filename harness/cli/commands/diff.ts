import type { AddCommand } from '../command.ts';
import type { DiffOptions } from '../diff-command.ts';
import { pageWidth } from './page-width.ts';

export const addDiff: AddCommand = (program, context) => {
  program
    .command('diff')
    .description(
      'What changed between two runs or two game days: issues discovered and fixed, and what got worse.',
    )
    .argument('<before>', 'folder of the earlier run or game day')
    .argument('<after>', 'folder of the later one')
    .option('--json', 'print the differences as JSON to standard output')
    .option('--width <columns>', 'columns of the text, 40 to 400 (default: 80)', pageWidth)
    .addHelpText(
      'after',
      `
Only what was asked alike is compared: the same scenario, world, seeds and stack. What is left out is named, with its reason.
Ends with 0 when nothing got worse, 1 when something did, and 2 when nothing of the two can be compared.

Example:
  brakecheck diff reports/weekly-20260310-100000 reports/weekly-20260317-100000`,
    )
    .action(async (before: string, after: string, options: DiffOptions) => {
      const { diffCommand } = await import('../diff-command.ts');
      diffCommand([before, after], options, context);
    });
};
