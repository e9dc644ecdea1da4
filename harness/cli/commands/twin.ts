import type { AddCommand } from '../command.ts';
import type { TwinOptions } from '../twin-command.ts';
import { browserOption } from './browser-option.ts';
import { durationOption } from './duration-option.ts';

export const addTwin: AddCommand = (program, context) => {
  program
    .command('twin')
    .description(
      'Run scenarios on two stacks or more, and compare verdicts, stages, harmed cells and quantities.',
    )
    .argument('<scenario...>', 'ids (see `brakecheck list`) or paths of scenario files')
    .option('--stacks <kinds>', 'stacks to compare with the first one, by commas', 'sim,local')
    .option('--profile <id>', 'the guardrails under test: an id or a path', 'defence-in-depth')
    .option('--seed <text>', 'the seed of all chance', '1')
    .option(
      '--sample <duration>',
      'least real time of one sample of a live stack (default: 5s)',
      durationOption,
    )
    .addOption(browserOption().default('auto'))
    .option('--out <folder>', 'folder for the results, one folder a stack (default: reports/<run-id>)')
    .option('--json', 'print the comparisons as JSON to standard output')
    .addHelpText('after', '\nExample:\n  brakecheck twin approval-bypass --stacks sim,local')
    .action(async (scenarios: string[], options: TwinOptions) => {
      const { twinCommand } = await import('../twin-command.ts');
      context.endAs(await twinCommand(scenarios, options, context));
    });
};
