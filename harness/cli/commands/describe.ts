import type { AddCommand } from '../command.ts';

export const addDescribe: AddCommand = (program, context) => {
  program
    .command('describe')
    .description('Tell what a scenario, profile, ordinary change, guardrail or verb is and does.')
    .argument('<id>', 'an id from `brakecheck list`')
    .addHelpText('after', '\nExample:\n  brakecheck describe approval-bypass')
    .action(async (id: string) => {
      const { describeCommand } = await import('../authoring-commands.ts');
      await describeCommand(id, context);
    });
};
