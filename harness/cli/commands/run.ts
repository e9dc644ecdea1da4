import { InvalidArgumentError } from 'commander';
import type { AddCommand } from '../command.ts';
import type { RunOptions } from '../run-options.ts';
import { browserOption } from './browser-option.ts';
import { durationOption } from './duration-option.ts';
import { SUMMARY_HELP, summaryFile } from './summary-option.ts';

export const addRun: AddCommand = (program, context) => {
  program
    .command('run')
    .description('Run all arms of scenarios: calm, unguarded, guarded, and the same task done properly.')
    .argument('<scenario...>', 'ids (see `brakecheck list`) or paths of scenario files')
    .option('--profile <id>', 'the guardrails under test: an id or a path', 'defence-in-depth')
    .option('--against <id>', 'a second profile to compare with')
    .option(
      '--stack <kind>',
      'sim: the embedded simulation; local: on ports of this machine; containers: in Docker, with PostgreSQL',
      'sim',
    )
    .option(
      '--sample <duration>',
      'least real time of one sample of a live stack (default: 5s)',
      durationOption,
    )
    .addOption(browserOption().default('auto'))
    .option('--seed <text>', 'the seed of all chance', '1')
    .option('--seeds <count>', 'run this many seeds: <seed>, <seed>+1, …', positiveInteger)
    .option('--out <folder>', 'folder for the results (default: reports/<run-id>)')
    .option('--sarif', 'also write report.sarif, for code-scanning services')
    .option('--summary <file>', SUMMARY_HELP, summaryFile)
    .option('--json', 'print the scorecard as JSON to standard output')
    .option('--plain', 'lines of progress, also on a terminal, where the full screen would be shown')
    .option('--dry-run', 'print the plan, its routes and targets, and start nothing')
    .option('--fail-under <score>', 'exit 1 when the score is below this', score)
    .option('--no-attribution', 'do not run again to find which guardrails were necessary')
    .option('--friction', 'also live through a quiet week with its ordinary changes (about a minute more)')
    .addHelpText(
      'after',
      '\nExample:\n  brakecheck run approval-bypass --profile as-was --against defence-in-depth',
    )
    .action(async (scenarios: string[], options: RunOptions) => {
      const { runCommand } = await import('../run-command.ts');
      context.endAs(await runCommand(scenarios, options, context));
    });
};

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000) {
    throw new InvalidArgumentError('a whole number from 1 to 100000 is needed.');
  }
  return value;
}

function score(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('a number from 0 to 100 is needed.');
  return value;
}
