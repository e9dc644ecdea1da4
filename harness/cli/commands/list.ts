import type { AddCommand } from '../command.ts';

export const addList: AddCommand = (program, context) => {
  program
    .command('list')
    .description('List scenarios, profiles, ordinary changes, guardrails, verbs and builds.')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  brakecheck list')
    .action(async (options: { json?: boolean }) => {
      const { listCommand } = await import('../authoring-commands.ts');
      await listCommand(options.json === true, context);
    });
};
