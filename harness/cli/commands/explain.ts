import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { ExplainOptions } from '../explain-command.ts';

export const addExplain: AddCommand = (program, context) => {
  program
    .command('explain')
    .description('Show each request exactly as each guardrail receives it, and its answer.')
    .argument('<scenario>', 'id or file of a scenario')
    .option('--profile <profile>', 'id or file of a profile', 'defence-in-depth')
    .addOption(
      new Option('--arm <arm>', 'the mistake, or the same task done properly')
        .choices(['guarded', 'benign'])
        .default('guarded'),
    )
    .option('--guardrail <id>', 'only what this guardrail of the profile receives')
    .option('--seed <seed>', 'seed of every draw of chance', '1')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  brakecheck explain approval-bypass --profile my-profile.yaml --arm benign',
    )
    .action(async (scenario: string, options: ExplainOptions) => {
      const { explainCommand } = await import('../explain-command.ts');
      context.endAs(await explainCommand(scenario, options, context));
    });
};
