import { Option } from 'commander';
import { STRESS_FAULTS } from '../../guardrails/stress/stress-fault.ts';
import type { AddCommand } from '../command.ts';
import type { StressOptions } from '../stress/stress-options.ts';

export const addStress: AddCommand = (program, context) => {
  program
    .command('stress')
    .description(
      'Let each guardrail of a profile fail in every way, crossed with mistakes and their benign twins.',
    )
    .argument('[scenario...]', 'ids or files of scenarios (default: all of them)')
    .option('--profile <profile>', 'id or file of a profile', 'defence-in-depth')
    .option('--guardrail <id...>', 'only these guardrails of the profile fail')
    .addOption(new Option('--fault <fault...>', 'only these ways to fail').choices([...STRESS_FAULTS]))
    .option('--seed <seed>', 'seed of every draw of chance', '1')
    .option('--out <folder>', 'folder for the results (default: reports/stress-<run-id>)')
    .option('--json', 'print the result as JSON to standard output')
    .addHelpText(
      'after',
      `
Exit 1 when a failure lets a mistake escape that is contained while every
guardrail is well; 2 when there was nothing to lose or a guardrail fails as it is.
That a failure blocks or delays the same task done properly is told for each of
them, and makes no exit code.

Example:
  brakecheck stress approval-bypass --profile my-profile.yaml --fault down stale`,
    )
    .action(async (scenarios: string[], options: StressOptions) => {
      const { stressCommand } = await import('../stress/stress-command.ts');
      context.endAs(await stressCommand(scenarios, options, context));
    });
};
